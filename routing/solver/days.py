"""The days of a problem as the models of this room see them: one vehicle for every shift of every unit."""

from dataclasses import dataclass
from itertools import groupby

from routing.evaluation.facts import STANDING, Facts, Leg, draw_wh
from routing.evaluation.fitness import list_misfits
from routing.evaluation.hours import start_bounds
from routing.evaluation.start import Start, first_start, next_start
from routing.model.problem import Plug, Problem, Request, Shift, Unit
from routing.model.units import Seconds, WattHours


@dataclass(frozen=True, slots=True)
class Job:
    """A request as one unit sees it.

    Attributes
    ----------
    starts
        The intervals in which the visit may start, both ends included.
    after_wh
        What the pack must hold at the end of the visit: the way to a plug above the floor.
    """

    request: Request
    starts: tuple[tuple[Seconds, Seconds], ...]
    length_s: Seconds
    draw_wh: WattHours
    after_wh: WattHours


@dataclass(frozen=True, slots=True)
class Bay:
    """Plugs that are alike for one who comes: same place, same power, nobody's, never taken before."""

    plugs: tuple[Plug, ...]

    @property
    def plug(self) -> Plug:
        """The first of them."""
        return self.plugs[0]


@dataclass(frozen=True, slots=True)
class Day:
    """One shift of one unit: where it starts, whom it could serve, where it could recharge.

    `start` is that of a unit which has done nothing before: of a later shift the energy is open.
    """

    unit: Unit
    shift: Shift
    number: int
    start: Start
    jobs: tuple[Job, ...]
    bays: tuple[Bay, ...]

    def leg(self, facts: Facts, origin: str, target: str) -> Leg | None:
        """Return the way between two places with this unit."""
        return facts.leg(self.unit, origin, target)


def list_days(facts: Facts) -> list[Day]:
    """List the days of all units, the days of a unit in order."""
    bays = list_bays(facts.problem)
    days: list[Day] = []
    for unit in facts.problem.units:
        usable = {plug.id for plug in facts.list_plugs(unit)}
        mine = tuple(bay for bay in bays if bay.plug.id in usable)
        for number, (shift, start) in enumerate(zip(unit.shifts, _list_starts(facts, unit), strict=True)):
            jobs = tuple(_list_jobs(facts, unit, shift, start))
            days.append(Day(unit, shift, number, start, jobs, mine))
    return days


def list_bays(problem: Problem) -> list[Bay]:
    """Put plugs together that cannot be told apart."""

    def key(plug: Plug) -> tuple[str, ...]:
        alone = plug.id if plug.busy or plug.unit else ""
        grid = plug.grid or ""
        return (plug.place, f"{plug.power_w}", f"{plug.efficiency_pct}", plug.connector, grid, alone)

    return [Bay(tuple(alike)) for _, alike in groupby(sorted(problem.plugs, key=key), key)]


def _list_starts(facts: Facts, unit: Unit) -> list[Start]:
    starts: list[Start] = []
    for shift in unit.shifts:
        if not starts:
            starts.append(first_start(facts, unit, shift))
            continue
        before, ended = starts[-1], unit.shifts[len(starts) - 1]
        way = facts.leg(unit, before.place, before.home) or STANDING
        left = (before.home, max(before.at_s + way.seconds, ended.end_s), before.energy_wh - way.drawn_wh)
        starts.append(next_start(facts, unit, shift, left))
    return starts


def _list_jobs(facts: Facts, unit: Unit, shift: Shift, start: Start) -> list[Job]:
    jobs: list[Job] = []
    for request in facts.problem.requests:
        if list_misfits(facts, unit, request):
            continue
        refuge_wh = facts.refuge_wh(unit, shift, request.place)
        length_s = facts.service_s(unit, request)
        starts = _list_openings(request, length_s, start.at_s, start.home_by_s - length_s)
        if starts and refuge_wh is not None:
            floor_wh = start.floor_wh + refuge_wh
            jobs.append(Job(request, starts, length_s, draw_wh(unit, request.energy_wh), floor_wh))
    return jobs


def _list_openings(
    request: Request, length_s: Seconds, from_s: Seconds, until_s: Seconds
) -> tuple[tuple[Seconds, Seconds], ...]:
    """List when a visit may start by its window, its time to finish, its opening hours and the shift."""
    earliest_s, latest_s = start_bounds(request)
    earliest_s, latest_s = max(earliest_s, from_s), min(latest_s, until_s)
    if request.finish_by_s is not None:
        latest_s = min(latest_s, request.finish_by_s - length_s)
    hours = request.access if request.access is not None else ((earliest_s, latest_s + length_s),)
    clipped = ((max(earliest_s, a), min(latest_s, b - length_s)) for a, b in hours)
    return tuple((a, b) for a, b in clipped if a <= b)
