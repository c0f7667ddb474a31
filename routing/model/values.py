"""What all values of the model share: constraints stated once, beside the field.

A field's metadata is the single source for the check at construction and for the JSON Schema.
"""

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from math import isfinite
from typing import Any, Self

from routing.model.errors import InvalidProblem


def about(
    text: str, *, minimum: float | None = None, maximum: float | None = None, pattern: str | None = None
) -> Mapping[str, Any]:
    """Return the metadata of a field: its meaning and its bounds (inclusive)."""
    facts = {"description": text, "minimum": minimum, "maximum": maximum, "pattern": pattern}
    return {name: fact for name, fact in facts.items() if fact is not None}


def require(condition: bool, path: str, message: str) -> None:
    """Raise `InvalidProblem` at `path` unless the condition holds."""
    if not condition:
        raise InvalidProblem(path, message)


@cache
def _bounds(cls: Any) -> tuple[tuple[str, float | None, float | None], ...]:
    bounds = ((f.name, f.metadata.get("minimum"), f.metadata.get("maximum")) for f in fields(cls))
    return tuple(bound for bound in bounds if bound[1] is not None or bound[2] is not None)


class Value:
    """A frozen value that is checked once, when it is made."""

    __slots__ = ()

    def __post_init__(self) -> None:
        shape: Any = type(self)
        for name, minimum, maximum in _bounds(shape):
            number = getattr(self, name)
            if number is None:
                continue
            require(isfinite(number), name, "must be a finite number")
            require(minimum is None or number >= minimum, name, f"must be at least {minimum}, is {number}")
            require(maximum is None or number <= maximum, name, f"must be at most {maximum}, is {number}")
        self.check()

    @classmethod
    def unchecked(cls, **named: Any) -> Self:
        """Make a value, every field of it named, out of parts of values that were checked: it must hold."""
        made = object.__new__(cls)
        for name, value in named.items():
            object.__setattr__(made, name, value)
        return made

    def check(self) -> None:
        """Raise `InvalidProblem` for what involves more than one field (paths relative to self)."""


class Hashed(Value):
    """A value that look-ups are keyed by, over and over: its hash is worked out once.

    A data class takes it over with ``__hash__ = Hashed.__hash__``, or it would make one of its own.
    """

    __slots__ = ("_hash",)
    _hash: int

    def __hash__(self) -> int:
        try:
            return self._hash
        except AttributeError:
            shape: Any = type(self)
            found = hash(tuple(getattr(self, field.name) for field in fields(shape)))
            object.__setattr__(self, "_hash", found)
            return found


def require_ordered(intervals: tuple[tuple[int, int], ...], path: str) -> None:
    """Raise unless every `[from, to]` pair ends after it starts and the pairs do not overlap."""
    previous_end: int | None = None
    for index, (start, end) in enumerate(intervals):
        require(end > start, f"{path}[{index}]", f"ends at {end}, not after its start {start}")
        ordered = previous_end is None or start >= previous_end
        require(ordered, f"{path}[{index}]", "must start after the one before it has ended")
        previous_end = end


def require_rising(points: tuple[tuple[float, float], ...], path: str) -> None:
    """Raise unless the points of a curve rise in state of charge within 0..1 and have finite power >= 0."""
    previous = -1.0
    for index, (soc, power) in enumerate(points):
        here = f"{path}[{index}]"
        require(0.0 <= soc <= 1.0, here, f"state of charge must lie in 0..1, is {soc}")
        require(soc > previous, here, "states of charge must rise from point to point")
        require(isfinite(power) and power >= 0, here, f"power must be at least 0, is {power}")
        previous = soc
