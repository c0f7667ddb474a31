"""The JSON Schemas of problem and plan, as files for others and as values for us."""

import json
from functools import cache
from importlib.resources import files
from typing import Any, Literal

type Document = Literal["problem", "plan"]


@cache
def load_schema(document: Document) -> dict[str, Any]:
    """Return the packaged JSON Schema of a document."""
    text = files(__name__).joinpath(f"{document}.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema
