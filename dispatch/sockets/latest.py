"""Live values between two ticks: of each thing only the latest, by its own time."""

from typing import Any

Values = dict[str, dict[str, Any]]


class Latest:
    """A map that cannot grow beyond the things there are."""

    def __init__(self) -> None:
        self._values: Values = {}

    def take(self, values: Values) -> None:
        """Keep what is newer than what is held."""
        for kind, entries in values.items():
            held = self._values.setdefault(kind, {})
            for key, value in entries.items():
                known = held.get(key)
                if value is not None and (known is None or known["at"] <= value["at"]):
                    held[key] = value

    def __bool__(self) -> bool:
        """Say whether anything has come since the last tick."""
        return bool(self._values)

    def drain(self) -> Values:
        """Hand over what has come since the last tick."""
        values, self._values = self._values, {}
        return {kind: entries for kind, entries in values.items() if entries}
