"""The API schema of our answers, made from the typed documents the selectors return.

One definition serves the type checker, the API schema and, through it, the front end's types.
"""

from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Union, get_args, get_origin, get_type_hints, is_typeddict

from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers

_SIMPLE: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    Any: {},
}


class Document(serializers.Serializer[Any]):
    """Stands for a typed document where the schema generator expects a serializer."""

    shape: ClassVar[Any]


@cache
def document(shape: Any) -> type[Document]:
    """Return the stand-in of a typed document; its component carries the document's name."""
    return type(f"{shape.__name__}Document", (Document,), {"shape": shape})


class DocumentExtension(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]  # registers itself
    """Teaches the schema generator our typed documents."""

    target_class = "dispatch.api.documents.Document"
    match_subclasses = True

    def get_name(self, auto_schema: AutoSchema, direction: Any) -> str:
        name: str = self._shape().__name__
        return name.removesuffix("Document")

    def map_serializer(self, auto_schema: AutoSchema, direction: Any) -> dict[str, Any]:
        shape = self._shape()
        hints = get_type_hints(shape, include_extras=True)
        properties = {name: _schema(hint, auto_schema, direction) for name, hint in hints.items()}
        required = sorted(shape.__required_keys__)
        return {"type": "object", "properties": properties, **({"required": required} if required else {})}

    def _shape(self) -> Any:
        target: type[Document] = self.target if isinstance(self.target, type) else type(self.target)
        return target.shape


def _schema(hint: Any, auto_schema: AutoSchema, direction: Any) -> dict[str, Any]:
    if is_typeddict(hint):
        component = auto_schema.resolve_serializer(document(hint)(), direction)
        return dict(component.ref)
    if hint in _SIMPLE:
        return dict(_SIMPLE[hint])
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return {"type": "string", "format": parts[1]}
    if origin is list:
        return {"type": "array", "items": _schema(parts[0], auto_schema, direction)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _schema(parts[1], auto_schema, direction)}
    if origin in (Union, UnionType):
        return _optional(parts, auto_schema, direction)
    raise TypeError(f"no schema for {hint!r}")


def _optional(parts: tuple[Any, ...], auto_schema: AutoSchema, direction: Any) -> dict[str, Any]:
    (inner,) = [part for part in parts if part is not NoneType]
    schema = _schema(inner, auto_schema, direction)
    if isinstance(schema.get("type"), str):
        return {**schema, "type": [schema["type"], "null"]}
    return {"oneOf": [schema, {"type": "null"}]}
