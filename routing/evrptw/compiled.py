"""How this room compiles: without the interpreter lock, cached on disk, with NumPy's arithmetic.

A cached function knows when its own file has changed, not when a function that it calls has. The cache
therefore lies in a folder named after the content of all that is compiled: beside the source, or where that
cannot be written in the user's temporary folder.
"""

import os
import tempfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import numba


def _find_cache() -> str:
    here = Path(__file__).parent
    sources = (path.read_bytes() for path in sorted(here.glob("*.py")))
    content = sha256(b"".join(source for source in sources if b"compiled import" in source)).hexdigest()[:12]
    beside = here / "__pycache__"
    if os.access(beside if beside.exists() else here, os.W_OK):
        return str(beside / content)
    return str(Path(tempfile.gettempdir()) / f"voltrun-compiled-{os.getuid()}" / content)


CACHE = _find_cache()


def compiled[F: Callable[..., Any]](function: F) -> F:
    """Compile a function that Python calls, too."""
    return _compile(function, {})


def inner[F: Callable[..., Any]](function: F) -> F:
    """Compile a function that only compiled ones call: no wrapper for Python."""
    return _compile(function, {"no_cpython_wrapper": True})


def _compile[F: Callable[..., Any]](function: F, options: dict[str, Any]) -> F:
    """Compile without reference counts (`_nrt`): nothing here allocates, and counting cost half the time."""
    settings: Any = numba.config
    before, settings.CACHE_DIR = settings.CACHE_DIR, CACHE
    try:
        how: dict[str, Any] = {
            "nogil": True,
            "cache": True,
            "error_model": "numpy",
            "no_cfunc_wrapper": True,
            "_nrt": False,
        }
        njit: Any = numba.njit
        made: F = njit(**how, **options)(function)
    finally:
        settings.CACHE_DIR = before
    return made
