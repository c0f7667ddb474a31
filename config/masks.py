"""What must not stand in a log is taken out of every line, whoever wrote it.

Our own lines hold ids and numbers only (a test looks at each of them). A library's words, and what an
exception says, may hold anything: an address of mail, a number, a key, a row of the database.
"""

import re
from collections.abc import MutableMapping
from typing import Any

MASK = "•••"
# In this order: what stands in a longer thing goes with it.
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    # PostgreSQL quotes the values of the row it refused.
    (re.compile(r"(DETAIL|CONTEXT|HINT|QUERY):[^\n]*"), rf"\1: {MASK}"),
    (re.compile(r"(\w+://)[^/\s:@]*:[^@\s]+@"), rf"\1{MASK}@"),
    (re.compile(r"\b(Bearer|Basic|Token)\s+[\w.~+/=-]{6,}", re.IGNORECASE), rf"\1 {MASK}"),
    (re.compile(r"(?i)\b(password|passwd|secret|token|api_?key|sessionid|csrftoken)\b([\"']?\s*[=:]\s*)[^\s,;}]+"),
     rf"\1\2{MASK}"),
    (re.compile(r"[\w.%+-]+@[\w-]+(?:\.[\w-]+)+"), MASK),
    # Numbers that are dialled: with a plus or a leading nought, in groups.
    (re.compile(r"(?<![\w.:-])(?:\+|00)\d[\d ()/-]{6,}\d"), MASK),
    # What somebody looked for, and where, in an address.
    (re.compile(r"(?i)([?&](?:q|lat|lon|near|plate|email)=)[^&\s\"']+"), rf"\1{MASK}"),
    # A place to within a few metres.
    (re.compile(r"-?\b\d{1,3}\.\d{4,}\s*,\s*-?\d{1,3}\.\d{4,}"), MASK),
)  # fmt: skip


def mask(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Take out of a line what looks like being about a person; a processor of structlog."""
    for name, value in line.items():
        # Not the library's own bookkeeping, which is taken off before the line is written.
        if not name.startswith("_"):
            line[name] = _mask(value)
    return line


def _mask(value: Any) -> Any:
    if isinstance(value, str):
        return mask_text(value)
    if isinstance(value, dict):
        return {name: _mask(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple | set):
        return [_mask(inner) for inner in value]
    return value


def mask_text(text: str) -> str:
    """Take out of a text what looks like being about a person, or like a key."""
    for pattern, instead in _PATTERNS:
        text = pattern.sub(instead, text)
    return text
