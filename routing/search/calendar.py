"""When plugs are taken, and where the next gap is."""

from bisect import insort
from collections.abc import Iterable

from routing.model.problem import Plug
from routing.model.units import Seconds

type Use = tuple[str, Seconds, Seconds]
"""A plug, from, to."""

FOREVER: Seconds = 1 << 40


class Calendar:
    """The use of plugs that one tour has to respect."""

    __slots__ = ("_taken",)

    def __init__(self, plugs: Iterable[Plug], uses: Iterable[Use]) -> None:
        self._taken: dict[str, list[tuple[Seconds, Seconds]]] = {p.id: list(p.busy) for p in plugs}
        for plug, from_s, to_s in uses:
            insort(self._taken[plug], (from_s, to_s))

    def list_gaps(self, plug: str, ready_s: Seconds) -> list[tuple[Seconds, Seconds]]:
        """List the gaps at a plug from `ready_s` on; the last has no end."""
        gaps: list[tuple[Seconds, Seconds]] = []
        start_s = ready_s
        for from_s, to_s in self._taken[plug]:
            if from_s > start_s:
                gaps.append((start_s, from_s))
            start_s = max(start_s, to_s)
        return [*gaps, (start_s, FOREVER)]

    def find_gap(self, plug: str, ready_s: Seconds, length_s: Seconds) -> tuple[Seconds, Seconds]:
        """Return the first start from `ready_s` on with room for a length, and the end of that gap."""
        start_s = ready_s
        for from_s, to_s in self._taken[plug]:
            if start_s + max(length_s, 1) <= from_s:
                return start_s, from_s
            start_s = max(start_s, to_s)
        return start_s, FOREVER
