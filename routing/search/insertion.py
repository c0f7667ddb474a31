"""The best place for one more request, with a recharge before or after it if need be."""

from collections.abc import Iterator
from typing import NamedTuple

from routing.model.problem import Request
from routing.model.units import Milli, Seconds
from routing.search.calendar import Calendar
from routing.search.fleet import Fleet
from routing.search.ground import Ground
from routing.search.tour import Days, Failure, Gap, Item, Job, Spot, Tour
from routing.search.walk import walk

NEAREST_PLUGS = 3
"""How many plugs are tried beside a stop that lacks energy."""

type Key = tuple[Milli, Seconds]
"""How good a spot is: what it adds, then when it starts; the least is the best."""


class _Position(NamedTuple):
    """Where a request could go, and the least that would come of it."""

    bound: Key
    day: int
    position: int


class Finder:
    """Looks for the best spot of one request on the tour of one unit."""

    def __init__(self, fleet: Fleet, unit: str) -> None:
        self.ground: Ground = fleet.grounds[unit]
        self.tour: Tour = fleet.tours[unit]
        self.fleet = fleet
        self._calendar: Calendar | None = None
        self.nearest_miss: Failure | None = None

    @property
    def calendar(self) -> Calendar:
        """The plugs as the others leave them."""
        if self._calendar is None:
            self._calendar = self.fleet.calendar_for(self.ground.unit.id)
        return self._calendar

    def find_spot(self, request: Request) -> Spot | None:
        """Find the best spot for a request, None when there is none."""
        if not self.ground.fits(request):
            return None
        best: Spot | None = None
        for position in sorted(self._list_positions(self.ground.job(request))):
            if best is not None and position.bound >= (best.added_milli, best.start_s):
                break
            for tour in self._try_position(request, position):
                best = self._better(best, tour, request)
        return best

    def _better(self, best: Spot | None, tour: Tour, request: Request) -> Spot | None:
        start_s, added = tour.starts[request.id], tour.milli - self.tour.milli
        spot = Spot(tour, added, start_s)
        if best is None or (added, start_s) < (best.added_milli, best.start_s):
            return spot
        return best

    def _list_positions(self, job: Job) -> Iterator[_Position]:
        """List the positions whose times leave room, with a bound on what they can give."""
        for day, gaps in enumerate(self.ground.list_gaps(self.tour)):
            for index, gap in enumerate(gaps):
                bound = self._bound(job, gap)
                if bound is not None:
                    yield _Position(bound, day, index)

    def _bound(self, job: Job, gap: Gap) -> Key | None:
        """Return the rank a position has at best; None when its times leave no room."""
        facts, unit, place = self.ground.facts, self.ground.unit, job.request.place
        there = facts.leg(unit, gap.place, place)
        onward = facts.leg(unit, place, gap.next_place)
        if there is None or onward is None:
            return None
        start_s = max(gap.soonest_s + there.seconds, job.earliest_s)
        if start_s > job.latest_s or start_s + job.length_s + onward.seconds > gap.latest_s:
            return None
        direct = facts.leg(unit, gap.place, gap.next_place)
        saved_m, saved_s = (direct.metres, direct.seconds) if direct else (0, 0)
        metres = there.metres + onward.metres - saved_m
        busy_s = there.seconds + onward.seconds - saved_s + job.length_s
        wait_s = max(0, start_s - job.request.earliest_s)
        added = metres * unit.cost_per_km_milli // 1000 + busy_s * unit.cost_per_h_milli // 3600
        added += wait_s * job.request.wait_milli_per_h // 3600 + job.change_milli
        return added - 2 - self._recharge_ways_milli(), start_s

    def _recharge_ways_milli(self) -> Milli:
        """Return what could be saved at most when recharges lose their use and are left out."""
        memory = self.tour.memory
        if memory.recharge_ways_milli is None:
            memory.recharge_ways_milli = self.ground.recharge_ways_milli(self.tour)
        return memory.recharge_ways_milli

    def _try_position(self, request: Request, position: _Position) -> Iterator[Tour]:
        """Walk the tour with the request there; when energy lacks, with a recharge before or after it."""
        serve = Item("serve", request.id)
        outcome = self._walk_with(position, (serve,))
        if isinstance(outcome, Tour):
            yield outcome
            return
        self._note_miss(outcome)
        if outcome.rule != "energy":
            return
        for plug in self._nearest_plugs(position, request.place):
            recharge = Item("recharge", plug)
            for row in ((recharge, serve), (serve, recharge)):
                outcome = self._walk_with(position, row)
                if isinstance(outcome, Tour):
                    yield outcome
                else:
                    self._note_miss(outcome)

    def _walk_with(self, position: _Position, added: tuple[Item, ...]) -> Tour | Failure:
        days = insert(self.tour.days, position.day, position.position, added)
        return walk(self.ground, days, self.calendar)

    def _note_miss(self, failure: Failure) -> None:
        closest = self.nearest_miss
        if closest is None or (failure.rule == closest.rule and failure.amount < closest.amount):
            self.nearest_miss = failure

    def _nearest_plugs(self, position: _Position, place: str) -> list[str]:
        """List the plugs with the least detour, of equals the strongest, whoever uses them then."""
        gap = self.ground.list_gaps(self.tour)[position.day][position.position]
        facts, unit = self.ground.facts, self.ground.unit
        detours: list[tuple[Seconds, int, str]] = []
        for plug in self.ground.plugs.values():
            to_plug, back = facts.leg(unit, gap.place, plug.place), facts.leg(unit, plug.place, place)
            if to_plug is not None and back is not None:
                detours.append((to_plug.seconds + back.seconds, -plug.power_w, plug.id))
        return [plug for *_, plug in sorted(detours)[:NEAREST_PLUGS]]


def insert(days: Days, day: int, index: int, added: tuple[Item, ...]) -> Days:
    """Return the days with items put in at a position."""
    row = days[day]
    return (*days[:day], (*row[:index], *added, *row[index:]), *days[day + 1 :])
