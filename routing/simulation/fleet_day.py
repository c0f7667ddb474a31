"""Days of a fleet without a server: people ask, the engine answers, everything goes as planned.

Between those who ask for themselves come probes: ordinary wishes that are answered, never accepted.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from routing.model.place import Place
from routing.model.plan import Plan
from routing.model.problem import Problem
from routing.model.request import Request
from routing.model.travel import Profile
from routing.model.unit import Shift, Unit
from routing.model.units import Seconds
from routing.quote import Placement, QuoteResult, quote
from routing.reoptimise import Budget, rebase, reoptimise
from routing.roll import roll_forward
from routing.simulation.asking import Terms, build_promised
from routing.simulation.people import MOST_OPEN
from routing.simulation.seed_fleet import Roster
from routing.travel.cache import TravelCache
from routing.travel.provider import TravelProvider

type Decide = Callable[[QuoteResult], Placement | None]


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody asks at `at_s`; `decide` is what they make of the answer, None for a probe."""

    at_s: Seconds
    request: Request
    place: Place
    decide: Decide | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody was told.

    Attributes
    ----------
    wait_s
        From asking to the earliest arrival offered (P50); None when nothing was.
    placement
        What was accepted.
    """

    call: Call
    wait_s: Seconds | None
    placement: Placement | None = None


class FleetDay:
    """The fleet at one moment, moving forward in time.

    Parameters
    ----------
    problem
        The fleet at its start, without shifts.
    roster
        All shifts of all units; the engine sees those that begin within its horizon.
    most_open
        So many people wait or are served at once; who comes then is not heard.
    iterations
        How much the plan is improved after each accepted offer.
    """

    def __init__(
        self,
        problem: Problem,
        roster: Roster,
        travel: TravelProvider,
        terms: Terms,
        *,
        most_open: int = MOST_OPEN,
        iterations: int = 0,
    ) -> None:
        self._travel, self._terms = travel, terms
        self._ahead = {unit: deque(shifts) for unit, shifts in roster.items()}
        self._cache = TravelCache()
        self._most_open, self._iterations = most_open, iterations
        self._ready: deque[Seconds] = deque()
        self.problem = self._with_travel(self._with_shifts(problem))
        self.plan: Plan = rebase(self.problem, None)

    def live(self, calls: Iterable[Call]) -> Iterator[Told]:
        """Let the calls come in the order of time; yield what each was told."""
        for call in sorted(calls, key=lambda c: (c.at_s, c.request.id)):
            self._advance(call.at_s)
            told = self._ask(call)
            if told is not None:
                yield told

    def _advance(self, to_s: Seconds) -> None:
        rolled, plan = roll_forward(self.problem, self.plan, to_s)
        self.problem = self._with_travel(self._with_shifts(rolled))
        self.plan = rebase(self.problem, plan)

    def _ask(self, call: Call) -> Told | None:
        asked = self._with_travel(self.problem, call.place)
        if call.decide is None:
            return Told(call, _soonest_s(call, quote(asked, self.plan, call.request, count=1)))
        self._ready = deque(ready_s for ready_s in self._ready if ready_s > call.at_s)
        if len(self._ready) >= self._most_open:
            return None
        result = quote(asked, self.plan, call.request)
        placement = call.decide(result)
        if placement is not None:
            self._accept(asked, placement, call.at_s)
        return Told(call, _soonest_s(call, result), placement)

    def _accept(self, asked: Problem, placement: Placement, at_s: Seconds) -> None:
        promised = build_promised(placement, at_s, self._terms)
        self.problem = asked.with_requests((*asked.requests, promised))
        self.plan = rebase(self.problem, placement.plan)
        if self._iterations:
            self.plan = reoptimise(self.problem, self.plan, Budget(iterations=self._iterations))
        self._ready.append(placement.ready_s)

    def _with_shifts(self, problem: Problem) -> Problem:
        """Let the engine see the shifts that begin within its horizon."""
        until_s = problem.now_s + problem.horizon_s
        units = (
            replace(unit, shifts=(*unit.shifts, *self._come_up(unit, until_s))) for unit in problem.units
        )
        return replace(problem, units=tuple(units))

    def _come_up(self, unit: Unit, until_s: Seconds) -> Iterator[Shift]:
        """Take the shifts of a unit that have come into sight."""
        ahead = self._ahead[unit.id]
        while ahead and ahead[0].start_s < until_s:
            yield ahead.popleft()

    def _with_travel(self, problem: Problem, *more: Place) -> Problem:
        """Return the problem on the places that matter, with the travel between all of them."""
        places = list({place.id: place for place in (*_used_places(problem), *more)}.values())
        ids = [place.id for place in places]
        profiles: dict[str, Profile] = {}
        for name in sorted({unit.profile for unit in problem.units}):
            table = self._cache.matrix(self._travel, name, ids, places)
            profiles[name] = Profile(durations_s=table.durations_s, distances_m=table.distances_m)
        travel = replace(problem.travel, profiles=profiles)
        return replace(problem, places=tuple(places), travel=travel)


def _soonest_s(call: Call, result: QuoteResult) -> Seconds | None:
    return result.offers[0].arrive_s - call.at_s if result.offers else None


def _used_places(problem: Problem) -> Iterator[Place]:
    """List the places that still matter; a customer's is forgotten once its unit has left."""
    used = {unit.state.place for unit in problem.units}
    used |= {request.place for request in problem.requests} | {plug.place for plug in problem.plugs}
    return (place for place in problem.places if place.id in used)
