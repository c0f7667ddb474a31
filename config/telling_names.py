"""Values whose name alone makes them personal, by the register of fields, never stand in a log line.

`masks.py` finds what *looks* like being about a person; a plate or somebody's name looks like any word.
"""

from collections.abc import MutableMapping
from functools import cache
from typing import Any

from django.apps import apps
from django.utils.module_loading import import_string

from config.masks import MASK

# Names that are no field of ours and say the same.
_ALSO = frozenset({"authorization", "cookie", "phone", "pin", "location"})
# Told of units and depots, too; in a line nobody misses them.
_NEVER = frozenset({"lat", "lon", "plate", "name"})


def hide_telling(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Take out what the register calls telling, at any depth; a processor of structlog, before `mask`."""
    names = list_telling()
    for name, value in line.items():
        # Not the library's own bookkeeping.
        if not name.startswith("_"):
            line[name] = MASK if name in names else _hide(value, names)
    return line


def list_telling() -> frozenset[str]:
    """List the names; before the app stands, those nobody needs the register for."""
    return _read_register() if apps.models_ready else _ALSO


@cache
def _read_register() -> frozenset[str]:
    # By name: settings are read before models can be.
    rules = [
        item
        for fields in import_string("dispatch.models.privacy.REGISTER").values()
        for item in fields.items()
    ]
    plain = {name for name, rule in rules if not rule.personal} - _NEVER
    return frozenset({name for name, rule in rules if rule.telling} - plain) | _ALSO


def _hide(value: Any, names: frozenset[str]) -> Any:
    if isinstance(value, dict):
        return {key: MASK if key in names else _hide(inner, names) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_hide(inner, names) for inner in value]
    if value is None or isinstance(value, bool | int | float | str):
        return value
    # An exception, an id: words, so that they are looked at as words.
    return str(value)
