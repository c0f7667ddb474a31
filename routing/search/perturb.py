"""Improvement by tearing a part of a plan down and building it up again, a little differently.

Every tour that is seen goes into a pool; later the best combination of them is chosen across units.
"""

from collections.abc import Iterable
from random import Random

from routing.model.problem import Request
from routing.model.units import Milli
from routing.search.build import idle_tour, keep
from routing.search.fill import fill, most_urgent_first
from routing.search.fleet import Fleet
from routing.search.ground import Ground
from routing.search.insertion import insert
from routing.search.top_up import top_up
from routing.search.tour import Days, Tour
from routing.search.walk import walk

LARGEST_RUIN = 12
NOISE = 0.15
FIRST_THRESHOLD = 0.02
"""How much worse than the best a plan may be in the beginning and still be gone on from."""


class Improver:
    """Goes from fleet to fleet, remembers the best and every tour on the way."""

    def __init__(self, fleet: Fleet, seed: int, pool: dict[tuple[str, Days], Tour]) -> None:
        self.random = Random(seed)  # noqa: S311 - choices of a search, not secrets
        self.current, self.best = fleet, fleet
        self.current_milli = self.best_milli = fleet.milli()
        self.pool = pool
        self._remember(fleet)

    def step(self, progress: float) -> bool:
        """Try one change; return whether it gave a new best. `progress` runs from 0 to 1."""
        trial = self.current.copy()
        self._tear_down(trial)
        self._build_up(trial)
        self._remember(trial)
        milli = trial.milli()
        allowed = self.best_milli + self._threshold(progress)
        if milli <= allowed:
            self.current, self.current_milli = trial, milli
        if milli < self.best_milli:
            self.best, self.best_milli = trial, milli
            return True
        return False

    def adopt(self, fleet: Fleet, *, even: bool = False) -> bool:
        """Go on from a fleet found elsewhere if it is the best so far (or as good); return whether it is."""
        milli = fleet.milli()
        if milli >= self.best_milli + int(even):
            return False
        self.current = self.best = fleet
        self.current_milli = self.best_milli = milli
        self._remember(fleet)
        return True

    def _threshold(self, progress: float) -> Milli:
        driving = sum(tour.milli for tour in self.best.tours.values())
        return int(driving * FIRST_THRESHOLD * max(0.0, 1.0 - progress))

    def _remember(self, fleet: Fleet) -> None:
        for unit, tour in fleet.tours.items():
            self.pool[unit, tour.days] = tour

    def _tear_down(self, fleet: Fleet) -> None:
        served = {name: unit for name, unit in fleet.list_served().items() if self._may_move(fleet, name)}
        victims = self._choose_victims(fleet, served)
        touched = {served[name] for name in victims} or {self.random.choice(list(fleet.tours))}
        for unit in sorted(touched):
            fleet.tours[unit] = self._without(fleet, unit, victims)
        left = fleet.list_served()
        requests = fleet.facts.requests.items()
        fleet.open = {name: request for name, request in requests if name not in left}

    @staticmethod
    def _may_move(fleet: Fleet, name: str) -> bool:
        request = fleet.facts.requests[name]
        return request.start_s is None or request.unit is None

    def _choose_victims(self, fleet: Fleet, served: dict[str, str]) -> set[str]:
        if not served:
            return set()
        names = list(served)
        seed = self.random.choice(names)
        most = max(1, min(LARGEST_RUIN, len(names) // 2))
        count = self.random.randint(1, most)
        way = self.random.random()
        if way < 0.15:
            return {name for name in names if served[name] == served[seed]}
        if way < 0.4:
            return set(self.random.sample(names, count))
        return set(self._related(fleet, served, seed)[:count])

    def _related(self, fleet: Fleet, served: dict[str, str], seed: str) -> list[str]:
        """Order requests by nearness to one of them in place and time, blurred a little."""
        facts = fleet.facts
        unit = facts.units[served[seed]]
        begun_s = fleet.tours[served[seed]].starts[seed]

        def distance(name: str) -> float:
            leg = facts.leg(unit, facts.requests[seed].place, facts.requests[name].place)
            apart_s = abs(fleet.tours[served[name]].starts[name] - begun_s)
            way_s = leg.seconds if leg else 3600
            return (way_s + apart_s / 4) * (0.5 + self.random.random())

        keyed = [(0.0 if name == seed else distance(name), name) for name in served]
        return [name for _, name in sorted(keyed)]

    def _without(self, fleet: Fleet, unit: str, victims: set[str]) -> Tour:
        """Return a unit's tour without some requests; mostly without recharges, breaks put anew."""
        ground, days = fleet.grounds[unit], fleet.tours[unit].days
        calendar = fleet.calendar_for(unit)
        left = tuple(tuple(item for item in row if item.subject not in victims) for row in days)
        if self.random.random() < 0.7:
            bare = tuple(tuple(item for item in row if item.kind != "recharge") for row in left)
            outcome = walk(ground, self._shuffle_breaks(ground, bare), calendar)
            if isinstance(outcome, Tour):
                return outcome
        return keep(ground, left, calendar) or idle_tour(ground, fleet)

    def _shuffle_breaks(self, ground: Ground, days: Days) -> Days:
        """Move one break to another place on its day, now and then."""
        if not any(ground.pauses) or self.random.random() < 0.5:
            return days
        day = self.random.randrange(len(days))
        breaks = [item for item in days[day] if item.kind == "break"]
        if not breaks:
            return days
        pause = self.random.choice(breaks)
        row = tuple(item for item in days[day] if item != pause)
        bare = (*days[:day], row, *days[day + 1 :])
        return insert(bare, day, self.random.randint(0, len(row)), (pause,))

    def _build_up(self, fleet: Fleet) -> None:
        order = self._order(fleet.open.values())
        fill(fleet, order, self._blur)
        for unit in fleet.tours:
            if fleet.tours[unit] is not self.current.tours[unit]:
                fleet.tours[unit] = top_up(fleet, unit)

    def _order(self, requests: Iterable[Request]) -> list[Request]:
        order = most_urgent_first(requests)
        if self.random.random() < 0.6:
            self.random.shuffle(order)
        return order

    def _blur(self, milli: Milli) -> Milli:
        return int(milli * (1 + NOISE * self.random.random()))
