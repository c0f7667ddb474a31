"""Bodies: JSON as its standard has it, and no deeper than anybody could mean."""

from collections.abc import Mapping
from typing import IO, Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

# The deepest body of ours has four levels.
DEEPEST = 32


class JsonParser(JSONParser):
    """The framework's parser, which would fall over a body of ten thousand brackets."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Read a body; what is no JSON is said to be none."""
        try:
            said = super().parse(stream, media_type, parser_context)
        except RecursionError:
            raise _too_deep() from None
        if not is_shallow(said):
            raise _too_deep()
        return said


def is_shallow(said: Any) -> bool:
    """Say whether nothing lies deeper than anybody could mean; walks level by level, without recursion."""
    level = [said]
    for _ in range(DEEPEST):
        level = [inner for outer in level for inner in _list_inner(outer)]
        if not level:
            return True
    return False


def _list_inner(outer: Any) -> list[Any]:
    if isinstance(outer, dict):
        return list(outer.values())
    return outer if isinstance(outer, list) else []


def _too_deep() -> ParseError:
    return ParseError("The body is nested too deeply.")
