"""An answer to one event that few units notice.

Whoever the event is about changes what they must. Of the others at most so many get other visits than they
had; who they are is tried out: first one unit at a time, then pairs of the promising ones, each for a moment,
and the best choice is searched for as long as there is time.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from time import monotonic
from typing import Final

from routing.model.plan import Plan
from routing.search.clock import Clock
from routing.search.compiled.engine import Field, Search
from routing.search.fleet import Fleet

type Units = tuple[int, ...]

SLIPPED_S: Final = 300
"""An event is about a unit when it has lost a visit, or comes to one later than planned by more than this."""
CLOSEST: Final = 24
"""So many units near to what the event is about are tried."""
PROMISING: Final = 7
"""Of so many all pairs are tried."""
GLANCE: Final = 40
LOOK: Final = 150
ROUND: Final = 600
"""How many changes are tried on a unit, on a choice of units, and in a round on the best choice."""
LOOKING: Final = 0.7
"""So much of the time goes into choosing who may change."""
HOT: Final = 3_000.0
COLD: Final = 300.0


def list_concerned(fleet: Fleet, plan: Plan) -> set[str]:
    """Return the units that the event is about: they cannot do what the plan had them do."""
    concerned: set[str] = set()
    for route, stop in plan.iterate_stops():
        tour = fleet.tours.get(route.unit)
        if stop.request is None or tour is None:
            continue
        start_s = tour.starts.get(stop.request)
        if start_s is None or start_s > stop.start_s + SLIPPED_S:
            concerned.add(route.unit)
    return concerned


class FewChanges:
    """The search for an answer; `best` is the best one."""

    def __init__(self, fleet: Fleet, field: Field, plan: Plan, order: Sequence[int], seed: int) -> None:
        """Take the plan as it stands; `order` holds who is not served, the most urgent first."""
        self.field, self.order = field, order
        names = {name: number for number, name in enumerate(field.index.units)}
        concerned = list_concerned(fleet, plan)
        self.concerned: Units = tuple(sorted(names[name] for name in concerned if name in names))
        missed = {one.request for one in plan.unserved}
        self.news = [i for i in order if field.problem.requests[i].id not in missed]
        self.base, self.best, self.trial = (Search(field, seed * 1_000 + number) for number in range(3))
        self.base.load(field.laid_by(fleet))
        self.best.go_on_from(self.base)
        self.choice: Units = ()

    def search(self, others: int, clock: Clock, tell: Callable[[], None]) -> None:
        """Find who may change, then what, until the run is over."""
        self._try((), LOOK, clock)
        near = self._list_near()
        singles = self._rank([(unit,) for unit in near], GLANCE, clock, tell) if others else []
        for size in range(2, others + 1):
            units = sorted({unit for choice in singles[:PROMISING] for unit in choice})
            self._rank(list(combinations(units, size)), LOOK, clock, tell)
        self._dwell(clock, tell)

    def _rank(
        self, choices: Iterable[Units], steps: int, clock: Clock, tell: Callable[[], None]
    ) -> list[Units]:
        """Return the choices that were tried, the best first."""
        found: list[tuple[int, Units]] = []
        for choice in choices:
            if clock.progress() >= LOOKING:
                break
            found.append((self._try(choice, steps, clock), choice))
            tell()
        return [choice for _, choice in sorted(found)]

    def _try(self, others: Units, steps: int, clock: Clock) -> int:
        """Begin with the plan as it stands, let some units change, and see what it costs."""
        begun = monotonic()
        self.trial.go_on_from(self.base)
        self.trial.open_only((*self.concerned, *others))
        self.trial.fill(self.order)
        if self.concerned or others:
            self.trial.improve(steps, HOT, COLD)
        clock.note(steps, monotonic() - begun)
        milli = self.trial.milli()
        if milli < self.best.milli():
            self.best.go_on_from(self.trial)
            self.choice = others
        return milli

    def _dwell(self, clock: Clock, tell: Callable[[], None]) -> None:
        """Search on with the best choice; begin anew from the plan now and then."""
        open_ = (*self.concerned, *self.choice)
        round_ = 0
        while clock.progress() < 1.0 and open_:
            begun = monotonic()
            self.trial.go_on_from(self.base if round_ % 3 == 2 else self.best)
            self.trial.open_only(open_)
            self.trial.fill(self.order)
            steps = min(ROUND, clock.next_chunk())
            self.trial.improve(steps, HOT, COLD)
            clock.note(steps, monotonic() - begun)
            if self.trial.milli() < self.best.milli():
                self.best.go_on_from(self.trial)
            round_ += 1
            tell()

    def _list_near(self) -> list[int]:
        """List units that serve nearest to what the event is about; never those it is about."""
        t, unit_of = self.field.tables, self.base.current.unit_of
        seeds = self.news or [i for i in range(t.n_requests) if int(unit_of[i]) in self.concerned]
        seen: dict[int, None] = {}
        for rank in range(-1, t.near.shape[1]):
            for request in seeds:
                unit = int(unit_of[request if rank < 0 else t.near[request, rank]])
                if unit >= 0 and unit not in self.concerned:
                    seen[unit] = None
            if len(seen) >= CLOSEST:
                break
        idle = [unit for unit in range(t.n_units) if unit not in seen and unit not in self.concerned]
        return [*seen, *idle][: max(CLOSEST, len(seen))]
