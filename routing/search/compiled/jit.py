"""How the search is compiled: once, kept on disk, and without the interpreter lock.

Nothing compiled may make an array (`_nrt=False`: nobody counts who holds one). A call hands every array of
its arguments on, some two hundred words: what is small or called from one place is therefore laid open where
it is called (`inlined`).

A kept function knows when its own file has changed, not when one that it calls has. What is kept therefore
lies in a folder named after the content of the whole room: beside the source, or where that cannot be
written in the user's temporary folder.
"""

import os
import tempfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

import numba


def _find_cache() -> str:
    here = Path(__file__).parent
    content = sha256(b"".join(path.read_bytes() for path in sorted(here.glob("*.py")))).hexdigest()[:12]
    beside = here / "__pycache__"
    if os.access(beside if beside.exists() else here, os.W_OK):
        return str(beside / content)
    return str(Path(tempfile.gettempdir()) / f"voltrun-compiled-{os.getuid()}" / content)


CACHE = _find_cache()


def jit[F: Callable[..., object]](function: F) -> F:
    """Compile a function; arithmetic is exact on whole numbers, arrays are not bounds-checked."""
    return cast("F", _compile(function))


def inlined[F: Callable[..., object]](function: F) -> F:
    """Compile a function into each of its callers; Python never calls it."""
    return cast("F", _compile(function, forceinline=True, no_cpython_wrapper=True))


def _compile(function: Any, **how: Any) -> Any:
    settings: Any = numba.config
    before, settings.CACHE_DIR = settings.CACHE_DIR, CACHE
    try:
        njit: Any = numba.njit
        fast = {"cache": True, "nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True, "_nrt": False}
        return njit(**fast, **how)(function)
    finally:
        settings.CACHE_DIR = before
