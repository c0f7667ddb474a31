"""What keeps a unit from a wish, walking its tours in plain Python: the compiled look is held against it."""

from collections.abc import Iterator

from routing.model.problem import Request, Unit
from routing.search.diagnosis import Miss
from routing.search.fleet import Fleet
from routing.search.insertion import Finder
from routing.search.tour import Failure, Item, Tour
from routing.search.unserved import miss_alone

PROMISE = "promise"


class ByHand:
    """Looks at every position that has the time, with a recharge before or after the wish if need be."""

    def __init__(self, fleet: Fleet, request: Request) -> None:
        self.fleet, self.request = fleet, request

    def alone(self, unit: Unit) -> Miss | None:
        return miss_alone(self.fleet, self.fleet.grounds[unit.id], self.request)

    def busy(self, unit: Unit) -> Miss:
        finder = Finder(self.fleet, unit.id)
        misses = [self._miss(finder, outcome) for outcome in self._walk(finder)]
        assert None not in misses, "the unit is able"
        if not misses:
            return Miss("window", max(1, min(self._list_late(finder), default=1)), "s")
        first = misses[0]
        rule, amount, measure = min((m for m in misses if m[0] == first[0]), key=lambda miss: miss[1])
        return Miss("window" if rule == PROMISE else rule, amount, measure)

    def is_able(self, unit: Unit) -> bool:
        finder = Finder(self.fleet, unit.id)
        return any(self._miss(finder, outcome) is None for outcome in self._walk(finder))

    def _walk(self, finder: Finder) -> Iterator[Tour | Failure]:
        serve = Item("serve", self.request.id)
        for position in sorted(finder._list_positions(finder.ground.job(self.request))):
            outcome = finder._walk_with(position, (serve,))
            yield outcome
            if isinstance(outcome, Failure) and outcome.rule == "energy":
                for plug in finder._nearest_plugs(position, self.request.place):
                    recharge = Item("recharge", plug)
                    yield finder._walk_with(position, (recharge, serve))
                    yield finder._walk_with(position, (serve, recharge))

    def _miss(self, finder: Finder, outcome: Tour | Failure) -> tuple | None:
        if isinstance(outcome, Failure):
            return outcome.rule, outcome.amount, outcome.measure
        requests, before = self.fleet.facts.requests, finder.tour.starts
        promised = [(name, requests[name].promise_s) for name in outcome.starts]
        late_s = sum(
            max(0, outcome.starts[name] - max(promise_s, before.get(name, promise_s)))
            for name, promise_s in promised
            if promise_s is not None
        )
        return (PROMISE, late_s, "s") if late_s else None

    def _list_late(self, finder: Finder) -> Iterator[int]:
        """List by how much each position is late."""
        ground, job = finder.ground, finder.ground.job(self.request)
        for gap in (gap for gaps in ground.list_gaps(finder.tour) for gap in gaps):
            there = ground.facts.leg(ground.unit, gap.place, self.request.place)
            onward = ground.facts.leg(ground.unit, self.request.place, gap.next_place)
            if there is not None and onward is not None:
                start_s = max(gap.soonest_s + there.seconds, job.earliest_s)
                end_s = start_s + job.length_s + onward.seconds
                yield max(start_s - job.latest_s, end_s - gap.latest_s)
