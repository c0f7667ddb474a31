"""Plain JSON values to frozen dataclasses and back, driven by the types of their fields."""

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from typing import Any, Literal, TypeAliasType, Union, get_args, get_origin, get_type_hints

from routing.model.errors import InvalidProblem
from routing.model.values import require

type Reader = Callable[[Any], Any]


def read[T](cls: type[T], data: object) -> T:
    """Build a value of `cls` from parsed JSON.

    Raises
    ------
    InvalidProblem
        With the path of the first field that has the wrong type, is missing, unknown or out of range.
    """
    if not isinstance(data, Mapping):
        raise InvalidProblem("", f"must be an object, is {_name_of(data)}")
    shape: Any = cls
    known = _readers(shape)
    for name in data:
        require(name in known, str(name), "unknown field")
    values = {}
    for name, (reader, required) in known.items():
        if name in data:
            values[name] = _read_at(reader, data[name], name)
        else:
            require(not required, name, "is missing")
    return cls(**values)


def write(value: Any) -> Any:
    """Return a value as plain JSON values; fields that are None are left out."""
    if is_dataclass(value):
        shape: Any = type(value)
        pairs = ((name, getattr(value, name)) for name in _names(shape))
        return {name: write(part) for name, part in pairs if part is not None}
    if isinstance(value, tuple):
        return [write(part) for part in value]
    if isinstance(value, Mapping):
        return {name: write(part) for name, part in value.items()}
    return value


@cache
def hints_of(cls: Any) -> dict[str, tuple[Any, Field[Any]]]:
    """Return the resolved type and the field of every field of a dataclass, by name."""
    hints = get_type_hints(cls)
    return {f.name: (hints[f.name], f) for f in fields(cls)}


def unwrap(hint: Any) -> Any:
    """Return what a type alias stands for."""
    while isinstance(hint, TypeAliasType):
        hint = hint.__value__
    return hint


def is_required(f: Field[Any]) -> bool:
    """Say whether a field must be given."""
    return f.default is MISSING and f.default_factory is MISSING


@cache
def _names(cls: Any) -> tuple[str, ...]:
    return tuple(f.name for f in fields(cls))


@cache
def _readers(cls: Any) -> dict[str, tuple[Reader, bool]]:
    return {name: (_reader_for(hint), is_required(f)) for name, (hint, f) in hints_of(cls).items()}


def _read_at(reader: Reader, data: Any, where: str) -> Any:
    try:
        return reader(data)
    except InvalidProblem as error:
        raise error.within(where) from None


def _reader_for(hint: Any) -> Reader:
    hint = unwrap(hint)
    origin, arguments = get_origin(hint), get_args(hint)
    if hint in _SCALARS:
        return _SCALARS[hint]
    if origin is Literal:
        return _one_of(arguments)
    if origin in (Union, types.UnionType):
        return _optional(_reader_for(next(a for a in arguments if a is not type(None))))
    if origin is tuple:
        return _sequence(arguments)
    if origin is not None and issubclass(origin, Mapping):
        return _mapping(_reader_for(arguments[1]))
    return lambda data: read(hint, data)


def _optional(inner: Reader) -> Reader:
    return lambda data: None if data is None else inner(data)


def _one_of(choices: tuple[Any, ...]) -> Reader:
    def read_choice(data: Any) -> Any:
        right = any(data == choice and type(data) is type(choice) for choice in choices)
        require(right, "", f"must be one of {', '.join(map(str, choices))}, is {data!r}")
        return data

    return read_choice


def _sequence(arguments: tuple[Any, ...]) -> Reader:
    open_ended = arguments[-1] is Ellipsis
    readers = [_reader_for(a) for a in arguments if a is not Ellipsis]

    def read_sequence(data: Any) -> tuple[Any, ...]:
        require(isinstance(data, list | tuple), "", f"must be a list, is {_name_of(data)}")
        if open_ended:
            return tuple(_read_at(readers[0], part, f"[{i}]") for i, part in enumerate(data))
        require(len(data) == len(readers), "", f"must have {len(readers)} entries, has {len(data)}")
        parts = enumerate(zip(readers, data, strict=True))
        return tuple(_read_at(reader, part, f"[{i}]") for i, (reader, part) in parts)

    return read_sequence


def _mapping(inner: Reader) -> Reader:
    def read_mapping(data: Any) -> dict[str, Any]:
        require(isinstance(data, Mapping), "", f"must be an object, is {_name_of(data)}")
        return {str(name): _read_at(inner, part, str(name)) for name, part in data.items()}

    return read_mapping


def _read_int(data: Any) -> int:
    if type(data) is int:
        return data
    raise InvalidProblem("", f"must be a whole number, is {_name_of(data)}")


def _read_float(data: Any) -> float:
    if type(data) is float or type(data) is int:
        return float(data)
    raise InvalidProblem("", f"must be a number, is {_name_of(data)}")


def _read_str(data: Any) -> str:
    require(isinstance(data, str), "", f"must be a text, is {_name_of(data)}")
    return str(data)


def _read_bool(data: Any) -> bool:
    require(isinstance(data, bool), "", f"must be true or false, is {_name_of(data)}")
    return bool(data)


_SCALARS: dict[Any, Reader] = {int: _read_int, float: _read_float, str: _read_str, bool: _read_bool}


def _name_of(data: object) -> str:
    names = {dict: "an object", list: "a list", str: "a text", bool: "true or false", type(None): "null"}
    return names.get(type(data), repr(data))
