"""Derive the JSON Schemas from the values of the model: `python -m routing.schema.build` writes them."""

import json
import types
from collections.abc import Mapping
from dataclasses import Field, is_dataclass
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

from routing.model.plan import Plan
from routing.model.problem import Problem
from routing.model.reading import hints_of, is_required, unwrap

_SCALARS = {int: "integer", float: "number", str: "string", bool: "boolean"}
_FACTS = ("description", "minimum", "maximum", "pattern")


def build_schema(cls: type[Any]) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a value and everything it holds."""
    definitions: dict[str, Any] = {}
    root = _object(cls, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": cls.__name__,
        **root,
        "$defs": dict(sorted(definitions.items())),
    }


def _object(cls: type[Any], definitions: dict[str, Any]) -> dict[str, Any]:
    shape: Any = cls
    hints = hints_of(shape)
    return {
        "description": " ".join((cls.__doc__ or "").split()),
        "type": "object",
        "properties": {name: _property(hint, f, definitions) for name, (hint, f) in hints.items()},
        "required": [name for name, (_, f) in hints.items() if is_required(f)],
        "additionalProperties": False,
    }


def _property(hint: Any, f: Field[Any], definitions: dict[str, Any]) -> dict[str, Any]:
    facts = {name: f.metadata[name] for name in _FACTS if name in f.metadata}
    return {**_schema_of(hint, definitions), **facts}


def _schema_of(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    hint = unwrap(hint)
    origin, arguments = get_origin(hint), get_args(hint)
    if hint in _SCALARS:
        return {"type": _SCALARS[hint]}
    if origin is Literal:
        return {"enum": list(arguments)}
    if is_dataclass(hint) and isinstance(hint, type):
        if hint.__name__ not in definitions:
            definitions[hint.__name__] = {}
            definitions[hint.__name__] = _object(hint, definitions)
        return {"$ref": f"#/$defs/{hint.__name__}"}
    return _container(origin, arguments, definitions)


def _container(origin: Any, arguments: tuple[Any, ...], definitions: dict[str, Any]) -> dict[str, Any]:
    if origin in (Union, types.UnionType):
        inner = next(a for a in arguments if a is not type(None))
        return {"anyOf": [_schema_of(inner, definitions), {"type": "null"}]}
    if origin is tuple and arguments[-1] is Ellipsis:
        return {"type": "array", "items": _schema_of(arguments[0], definitions)}
    if origin is tuple:
        parts = [_schema_of(a, definitions) for a in arguments]
        return {"type": "array", "prefixItems": parts, "minItems": len(parts), "maxItems": len(parts)}
    if origin is not None and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _schema_of(arguments[1], definitions)}
    raise TypeError(f"no schema for {origin}")


def render_schema(cls: type[Any]) -> str:
    """Return the text of the packaged file."""
    return json.dumps(build_schema(cls), indent=1, ensure_ascii=False) + "\n"


def write_schemas(folder: Path) -> None:
    """Write both files."""
    for cls in (Problem, Plan):
        path = folder / f"{cls.__name__.lower()}.schema.json"
        path.write_text(render_schema(cls), encoding="utf-8")


if __name__ == "__main__":
    write_schemas(Path(__file__).parent)
