"""How the search is compiled: once, kept on disk, and without the interpreter lock.

Nothing compiled may make an array (`_nrt=False`: nobody counts who holds one). What a function calls is
compiled again into it, all the way down: the larger parts are therefore doors, called by their address.

A kept function knows when its own file has changed, not when one that it calls has. What is kept therefore
lies in a folder named after the content of the whole room: beside the source, or where that cannot be
written in the user's temporary folder.
"""

import inspect
import os
import tempfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any, cast

import llvmlite.binding
import numba
from numba.core import types

from routing.search.compiled.bundle import Bundle


def _find_cache() -> str:
    here = Path(__file__).parent
    content = sha256(b"".join(path.read_bytes() for path in sorted(here.glob("*.py")))).hexdigest()[:12]
    beside = here / "__pycache__"
    if os.access(beside if beside.exists() else here, os.W_OK):
        return str(beside / content)
    return str(Path(tempfile.gettempdir()) / f"voltrun-compiled-{os.getuid()}" / content)


CACHE = _find_cache()


def inlined[F: Callable[..., object]](function: F) -> F:
    """Compile a function into each of its callers; Python never calls it."""
    return cast("F", _compile(function, forceinline=True, no_cpython_wrapper=True, no_cfunc_wrapper=True))


def jit[F: Callable[..., object]](function: F) -> F:
    """Compile a function for Python alone; it may call doors and what is inlined."""
    return cast("F", _compile(function, no_cfunc_wrapper=True))


def door[F: Callable[..., object]](function: F) -> F:
    """Compile a function once; compiled callers jump to it, what lies behind is not compiled with them.

    It takes bundles and whole numbers, as its annotations say, and returns a whole number or nothing.
    """
    return cast("F", Door(function))


class Door:
    """A compiled function that others call by its address."""

    def __init__(self, function: Any) -> None:
        self._compiled = _compile(function)
        self._function = function
        self._symbol = f"voltrun.{function.__module__}.{function.__name__}"
        _DOORS.append(self)
        self._numba_type_: Any = None
        self.__doc__ = function.__doc__

    def open(self, bundles: dict[type, Any]) -> None:
        """Compile the function, or read it from disk, and tell callers where it is."""
        hints = inspect.get_annotations(self._function)
        *taken, _ = [_PLAIN.get(hint) or bundles[hint] for hint in hints.values()]
        self._compiled.compile(tuple(taken))
        made = self._compiled.overloads[tuple(taken)]
        pointer = made.library.get_pointer_to_function(made.fndesc.llvm_cfunc_wrapper_name)
        llvmlite.binding.add_symbol(self._symbol, pointer)
        self._numba_type_ = types.ExternalFunction(self._symbol, made.signature)

    def __call__(self, *taken: Any) -> Any:
        """Call it from Python."""
        return self._compiled(*taken)


_DOORS: list[Door] = []
"""In the order of import: who is called before who calls."""


def open_doors(*examples: Bundle) -> None:
    """Compile all doors, or read them from disk; `examples` is a bundle of every kind."""
    with _opening:
        bundles = {type(bundle): numba.typeof(bundle) for bundle in examples}
        while _DOORS:
            _DOORS[0].open(bundles)
            del _DOORS[0]


_PLAIN: dict[Any, Any] = {int: types.int64, None: types.none}

_opening = Lock()


def _compile(function: Any, **how: Any) -> Any:
    settings: Any = numba.config
    before, settings.CACHE_DIR = settings.CACHE_DIR, CACHE
    try:
        njit: Any = numba.njit
        return njit(cache=True, nogil=True, error_model="numpy", _nrt=False, **how)(function)
    finally:
        settings.CACHE_DIR = before
