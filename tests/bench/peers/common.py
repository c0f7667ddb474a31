"""What every encoding for a peer needs: kinds of units, ways, what a visit draws, turns at plugs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np

from routing.evaluation.cost import unserved_milli
from routing.evaluation.facts import Facts, draw_wh
from routing.evaluation.fitness import list_misfits
from routing.evaluation.hours import start_bounds
from routing.model.problem import Plug, Problem, Request, Unit
from routing.solver.days import Day, list_days
from routing.solver.draft import Draft, Visit
from routing.solver.legs import FAR_S, Legs, kind_of, list_legs

type Solve = Callable[[Problem, "Terms"], Draft]
"""One encoding of one peer: from a problem to what the peer would do."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The same for all: seconds by the clock, threads, seed."""

    seconds: float
    seed: int
    threads: int = 1


@dataclass(frozen=True, slots=True)
class Kind:
    """Units that are alike but for where they are and what they hold."""

    unit: Unit
    fits: frozenset[str]
    legs: Legs
    allowance_wh: int
    """What the way to one more visit draws, about."""


class Ground:
    """A problem as the peers' encodings see it."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.facts = problem, Facts(problem)
        self.days = list_days(self.facts)
        self.place = {place.id: index for index, place in enumerate(problem.places)}
        self.kinds: list[Kind] = []
        self.kind_of_unit: dict[str, int] = {}
        known: dict[tuple[object, ...], int] = {}
        for unit in problem.units:
            fits = frozenset(r.id for r in problem.requests if not list_misfits(self.facts, unit, r))
            key = (kind_of(unit), fits)
            if key not in known:
                known[key] = len(self.kinds)
                legs = list_legs(problem, unit)
                self.kinds.append(Kind(unit, fits, legs, self._allowance_wh(legs)))
            self.kind_of_unit[unit.id] = known[key]

    def _allowance_wh(self, legs: Legs) -> int:
        """Return the median way to the third nearest request, for lack of knowing the order."""
        places = [self.place[request.place] for request in self.problem.requests]
        if len(places) < 2:
            return 0
        between = np.sort(legs.drawn_wh[np.ix_(places, places)], axis=1)
        return int(np.median(between[:, min(3, len(places) - 1)]))

    def kind(self, day: Day) -> Kind:
        return self.kinds[self.kind_of_unit[day.unit.id]]

    def load_wh(self, request: Request) -> int:
        """Return what a visit draws, the way there included: the same for all units, so the most."""
        loads = [
            draw_wh(k.unit, request.energy_wh) + k.allowance_wh for k in self.kinds if request.id in k.fits
        ]
        return max(loads, default=request.energy_wh)

    def room_wh(self, day: Day, content_wh: int) -> int:
        """Return what may be taken out of a pack with a content, the way home kept back."""
        return max(0, content_wh - day.unit.pack.reserve_wh - self.kind(day).allowance_wh)

    def value_milli(self, request: Request) -> int:
        return unserved_milli(self.problem.weights, request)

    def window(self, request: Request) -> tuple[int, int]:
        """Return when a visit may start: window, time to finish and the hull of the opening hours."""
        earliest_s, latest_s = start_bounds(request)
        length_s = min(
            (self.facts.service_s(k.unit, request) for k in self.kinds if request.id in k.fits), default=0
        )
        if request.finish_by_s is not None:
            latest_s = min(latest_s, request.finish_by_s - length_s)
        if request.access:
            earliest_s = max(earliest_s, request.access[0][0])
            latest_s = min(latest_s, request.access[-1][1] - length_s)
        return max(0, earliest_s), latest_s

    def plug_places(self, day: Day) -> list[str]:
        """List the places where a unit may recharge, the strongest plug there first."""
        plugs = sorted(self.facts.list_plugs(day.unit), key=lambda plug: (-plug.power_w, plug.id))
        return list(dict.fromkeys(plug.place for plug in plugs))

    def plugs_at(self, day: Day, place: str) -> list[Plug]:
        return [plug for plug in self.facts.list_plugs(day.unit) if plug.place == place]

    def way_milli(self, kind: Kind) -> np.ndarray:
        """Return the price of every way with a kind of unit; far where there is none."""
        unit, legs = kind.unit, kind.legs
        priced = legs.metres * unit.cost_per_km_milli // 1000 + legs.seconds * unit.cost_per_h_milli // 3600
        return np.where(legs.seconds < FAR_S, priced, FAR_S * 10)


def deal_plugs(ground: Ground, draft: Draft) -> Draft:
    """Give every recharge (its subject a place) the plug there that is free the soonest, in order of time."""
    free_s: dict[str, int] = {}
    days = {(day.unit.id, day.shift.id): day for day in ground.days}
    turns = sorted(
        (visit.start_s, key, index)
        for key, visits in draft.items()
        for index, visit in enumerate(visits)
        if visit.kind == "recharge"
    )
    dealt = {key: list(visits) for key, visits in draft.items()}
    for _, key, index in turns:
        visit = dealt[key][index]
        plugs = ground.plugs_at(days[key], visit.subject)
        plug = min(plugs, key=lambda p: (max(visit.start_s, free_s.get(p.id, 0)), -p.power_w, p.id))
        start_s = max(visit.start_s, free_s.get(plug.id, 0))
        free_s[plug.id] = start_s + visit.length_s
        dealt[key][index] = replace(visit, subject=plug.id, start_s=start_s)
    return {key: tuple(visits) for key, visits in dealt.items()}


def with_breaks(day: Day, visits: Iterable[Visit]) -> tuple[Visit, ...]:
    """Return the visits with the breaks that are due where they fit by time."""
    told = list(visits)
    for pause in day.start.breaks:
        index = next((k for k, visit in enumerate(told) if visit.start_s >= pause.earliest_s), len(told))
        told.insert(index, Visit("break", pause.id, pause.earliest_s, pause.duration_s))
    return tuple(told)
