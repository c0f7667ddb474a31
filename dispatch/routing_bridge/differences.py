"""What a plan changes about each stop, and why: found by comparing the order of the stops before and after.

A stop of a unit begins when what stands before it is over. So it begins at another time because of what came
before it, of what left from there, or because the same things take longer or shorter than was planned.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Literal
from uuid import UUID

from dispatch.models import Stop

What = Literal["added", "removed", "handed_over", "moved"]
Why = Literal[
    "asked", "cancelled", "not_served", "unit_out", "better_plan", "made_room", "freed", "energy",
    "running_late", "running_early", "moved_by_hand",
]  # fmt: skip
# Ways home and waits follow from the rest.
_SPOKEN_OF = (Stop.Kind.SERVE, Stop.Kind.RECHARGE, Stop.Kind.BREAK)


@dataclass(frozen=True, slots=True)
class Was:
    """A stop as it stood: its unit, its start, the stops before it, and whether one of those has vanished."""

    unit_id: UUID
    start_at: datetime
    ahead: tuple[UUID, ...]
    has_gap: bool = False


@dataclass(frozen=True, slots=True)
class StopChange:
    """What became of one stop and why; `about`: the request that came before it, or left from there."""

    stop_id: UUID
    kind: str
    request_id: UUID | None
    unit_id: UUID
    what: What
    why: Why
    by_s: int = 0
    from_unit_id: UUID | None = None
    about: UUID | None = None

    def to_json(self) -> dict[str, object]:
        """Return it as the plan's row keeps it."""
        links = {"request": self.request_id, "from_unit": self.from_unit_id, "about": self.about}
        return {
            "stop": str(self.stop_id),
            "kind": self.kind,
            "unit": str(self.unit_id),
            "what": self.what,
            "why": self.why,
            "by_s": self.by_s,
            **{name: None if key is None else str(key) for name, key in links.items()},
        }


def note_stops(rows: Iterable[Stop], begun: Mapping[UUID, int]) -> dict[UUID, Was]:
    """Note how planned stops stand; `begun`: each route's last position that is not planned any more.

    A plan numbers a route's stops without a gap. Where one is now, a stop was cancelled since.
    """
    by_unit = sorted(rows, key=attrgetter("unit_id", "start_at", "position"))
    found: dict[UUID, Was] = {}
    for unit_id, stops in groupby(by_unit, key=attrgetter("unit_id")):
        ahead: list[UUID] = []
        on_route: Counter[UUID] = Counter()
        for row in stops:
            missing = row.position - begun.get(row.route_id, 0) - 1 - on_route[row.route_id]
            found[row.id] = Was(unit_id, row.start_at, tuple(ahead), missing > 0)
            ahead.append(row.id)
            on_route[row.route_id] += 1
    return found


@dataclass(frozen=True, slots=True)
class Comparison:
    """The stops before and after; `working`: the units that may be planned, `asked`: who still asks.

    `by_hand`: the request that a dispatcher has moved.
    """

    before: Mapping[UUID, Was]
    after: Mapping[UUID, Was]
    rows: Mapping[UUID, Stop]
    working: frozenset[UUID]
    asked: frozenset[UUID]
    by_hand: UUID | None = None

    def explain(self, new: Iterable[Stop], seen: Iterable[Stop], gone: Iterable[Stop]) -> list[StopChange]:
        """Explain every stop that people see change."""
        changes = [*map(self._added, new), *map(self._changed, seen), *map(self._removed, gone)]
        return [change for change in changes if change.kind in _SPOKEN_OF]

    def _added(self, row: Stop) -> StopChange:
        why: Why = "energy" if row.kind == Stop.Kind.RECHARGE else "asked"
        return StopChange(row.id, row.kind, row.request_id, row.unit_id, "added", why)

    def _removed(self, row: Stop) -> StopChange:
        why: Why = "energy"
        if row.request_id is not None:
            why = "not_served" if row.request_id in self.asked else "cancelled"
        return StopChange(row.id, row.kind, row.request_id, row.unit_id, "removed", why)

    def _changed(self, row: Stop) -> StopChange:
        was = self.before[row.id]
        by_s = round((row.start_at - was.start_at) / timedelta(seconds=1))
        handed = was.unit_id != row.unit_id
        why, about = self._why_handed(was) if handed else self._why_moved(row.id, was, by_s)
        if row.request_id is not None and row.request_id == self.by_hand:
            why, about = "moved_by_hand", None
        return StopChange(
            stop_id=row.id,
            kind=row.kind,
            request_id=row.request_id,
            unit_id=row.unit_id,
            what="handed_over" if handed else "moved",
            why=why,
            by_s=by_s,
            from_unit_id=was.unit_id if handed else None,
            about=about,
        )

    def _why_handed(self, was: Was) -> tuple[Why, UUID | None]:
        return ("better_plan" if was.unit_id in self.working else "unit_out"), None

    def _why_moved(self, stop: UUID, was: Was, by_s: int) -> tuple[Why, UUID | None]:
        ahead = self.after[stop].ahead
        came = [self.rows[key] for key in ahead if key not in was.ahead]
        left = [self.rows[key] for key in was.ahead if key not in ahead]
        made_room, freed = self._first_visit(came), self._first_visit(left)
        # What delays is looked for among what came, what hurries among what left.
        if by_s >= 0 and made_room is not None:
            return "made_room", made_room
        if by_s <= 0 and freed is not None:
            return "freed", freed
        if by_s < 0 and was.has_gap:
            return "freed", None
        if by_s == 0 or any(row.kind == Stop.Kind.RECHARGE for row in (*came, *left)):
            return "energy", None
        return ("running_late" if by_s > 0 else "running_early"), None

    @staticmethod
    def _first_visit(rows: list[Stop]) -> UUID | None:
        return next((row.request_id for row in rows if row.request_id is not None), None)
