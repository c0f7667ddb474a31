"""Arrays and numbers that compiled code is handed as one address.

What the compiler makes of a call grows with the words it hands on, and an array is seven or more. A bundle
is one word: the address of a table in which every field has its place, numbers as they are, arrays as the
address of their data and their lengths, bundles as their address. The table never changes, so the compiler
may read a field once and keep it.
"""

from dataclasses import dataclass, fields
from functools import cache
from typing import Any, cast

import numba
import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.core.datamodel import models
from numba.core.datamodel.registry import register_default
from numba.core.typing.templates import AttributeTemplate
from numba.extending import NativeValue, infer_getattr, lower_getattr_generic, unbox
from numba.np.arrayobj import make_array, populate_array

WORD = 8


class BundleType(types.Type):
    """What the compiler knows of a bundle: its fields, their types and the word each begins at.

    Two bundles of one name have the same fields: what was compiled once lies beside one content of the code.
    """

    def __init__(self, name: str, slots: dict[str, tuple[Any, int]]) -> None:
        super().__init__(name=name)
        self.slots = slots


@cache
def _bundle_type(name: str, slots: tuple[tuple[str, tuple[Any, int]], ...]) -> BundleType:
    return BundleType(name, dict(slots))


@register_default(BundleType)
class _BundleModel(models.PrimitiveModel):
    def __init__(self, manager: Any, of: Any) -> None:
        super().__init__(manager, of, ir.IntType(64))


@dataclass(frozen=True, eq=False)
class Bundle:
    """Base of the bundles: frozen data classes whose fields are whole numbers, arrays or bundles."""

    def __post_init__(self) -> None:
        """Write the table of the fields."""
        words: list[int] = []
        slots: dict[str, tuple[Any, int]] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            slots[field.name] = (_type_of(value), len(words))
            words += _words_of(value)
        table = np.array(words, dtype=np.int64)
        object.__setattr__(self, "_table", table)
        object.__setattr__(self, "_numba_type_", _bundle_type(type(self).__name__, tuple(slots.items())))
        object.__setattr__(self, "address", table.ctypes.data)


_ARRAYS: dict[tuple[np.dtype[Any], int], Any] = {}
"""The types of arrays asked for so far: finding the type of an array of records takes as long as a walk."""


def _type_of(value: Any) -> Any:
    if isinstance(value, int):
        return types.int64
    if isinstance(value, Bundle):
        return numba.typeof(value)
    key = (value.dtype, value.ndim)
    if key not in _ARRAYS:
        _ARRAYS[key] = numba.typeof(value)
    return _ARRAYS[key]


def _words_of(value: Any) -> list[int]:
    if isinstance(value, int):
        return [value]
    if isinstance(value, Bundle):
        return [cast("Any", value).address]
    if not value.flags.c_contiguous:
        raise ValueError("an array of a bundle lies in one piece")
    return [value.ctypes.data, *value.shape]


@unbox(BundleType)
def _unbox(_: Any, bundle: Any, c: Any) -> NativeValue:
    address = c.pyapi.object_getattr_string(bundle, "address")
    native = c.pyapi.long_as_longlong(address)
    c.pyapi.decref(address)
    return NativeValue(native, is_error=cgutils.is_not_null(c.builder, c.pyapi.err_occurred()))


@infer_getattr
class _Fields(AttributeTemplate):
    key = BundleType

    def generic_resolve(self, bundle: Any, name: Any) -> Any:  # type: ignore[override]
        """Return the type of a field."""
        return bundle.slots[name][0] if name in bundle.slots else None


@lower_getattr_generic(BundleType)
def _read_field(context: Any, builder: Any, bundle: BundleType, address: Any, name: str) -> Any:
    of, slot = bundle.slots[name]
    first = _read_word(builder, address, slot)
    if not isinstance(of, types.Array):
        return first
    shape = [_read_word(builder, address, slot + 1 + axis) for axis in range(of.ndim)]
    itemsize = context.get_abi_sizeof(context.get_data_type(of.dtype))
    if isinstance(of.dtype, types.Record):
        itemsize = of.dtype.size
    strides = [ir.Constant(ir.IntType(64), itemsize)]
    for length in reversed(shape[1:]):
        strides.insert(0, builder.mul(strides[0], length))
    array = make_array(of)(context, builder)
    data = builder.inttoptr(first, array.data.type)
    populate_array(array, data, shape, strides, ir.Constant(ir.IntType(64), itemsize), None)
    return array._getvalue()  # noqa: SLF001 - what every array of numba is read by


def _read_word(builder: Any, address: Any, slot: int) -> Any:
    place = builder.add(address, ir.Constant(ir.IntType(64), slot * WORD))
    word = builder.load(builder.inttoptr(place, ir.IntType(64).as_pointer()))
    word.set_metadata("invariant.load", builder.module.add_metadata([]))
    return word
