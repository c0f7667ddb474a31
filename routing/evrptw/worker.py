"""One search with its own seed: build, empty routes, shorten; compiled between looks at the clock."""

from dataclasses import dataclass, field

import numpy as np

from routing.evrptw.anneal import empty, shorten
from routing.evrptw.ground import Array, Ground
from routing.evrptw.pool import Pool, new_pool
from routing.evrptw.recreate import recreate
from routing.evrptw.state import (
    ABSENT,
    LOAD,
    LOOSE,
    PATIENT,
    PRICE,
    ROWS,
    SPARE_ROWS,
    State,
    begin,
    keep_best,
    new_state,
    refresh,
    settle,
    total_cost,
)

type Routes = tuple[tuple[int, ...], ...]

ROUNDS = 250  # between two looks, when rounds are counted
LOOK, FEWEST = 0.04, 20
WANTED = 10.0
HOT, COLD = 0.006, 0.0001  # of the distance
NEAR = 1.01
KEEP = 1.03
DEARER, CHEAPER = 1.0005, 0.9999  # steady with somebody absent in one round of six
PRICE_AT_FIRST = 2.0  # of the distance a customer


@dataclass(slots=True)
class Worker:
    """A search in progress."""

    ground: Ground
    seed: int
    state: State = field(init=False)
    pool: Pool = field(init=False)
    rounds: int = 0
    stride: int = 50  # rounds until the next look at the clock
    looked: float = 0.0  # when it was last looked at

    def __post_init__(self) -> None:
        """Begin with nobody served."""
        self.state = new_state(self.ground, self.seed)
        self.pool = new_pool()

    def build(self, most: int) -> bool:
        """Insert everybody where it is cheapest; return whether so many routes were enough."""
        g, s = self.ground, self.state
        begin(s)
        s.tally[PATIENT] = 1
        s.tally[ROWS] = min(most, g.customers)
        s.loose[: g.customers] = np.arange(1, g.customers + 1)
        s.tally[LOOSE] = g.customers
        recreate(g, s)
        if s.tally[ABSENT]:
            return False
        self.load(self.routes())
        return True

    def spare_rows(self, most: int) -> None:
        """Let there be so many routes from now on: only the distance counts."""
        self.state.tally[SPARE_ROWS] = min(most, self.ground.customers)

    def routes(self) -> Routes:
        """Return the routes as they are now, without empty ones."""
        return _routes_of(self.state.now.seq, self.state.now.size, int(self.state.tally[ROWS]))

    def best(self) -> Routes:
        """Return the best routes."""
        return _routes_of(self.state.best_seq, self.state.best_size, int(self.state.tally[ROWS]))

    def pace(self, now: float) -> int:
        """Look at the clock; return how many rounds to do until the next look, about `LOOK` seconds later."""
        took, self.looked = now - self.looked, now
        wanted = int(self.stride * LOOK / max(took, 1e-3))
        self.stride = max(FEWEST, self.stride // 2, min(wanted, self.stride * 2))
        return self.stride

    @property
    def vehicles(self) -> int:
        """Return how many routes there may be now."""
        return int(self.state.tally[ROWS])

    @property
    def distance(self) -> float:
        """Return the distance of the best routes."""
        return float(self.state.total[1])

    def served(self) -> bool:
        """Return whether nobody is absent."""
        return not self.state.tally[ABSENT]

    def take_up(self, routes: Routes, distance: float) -> None:
        """Go on from another search's routes if they are better than the best here."""
        fewer = len(routes) < self.vehicles and not self.state.tally[SPARE_ROWS]
        if fewer or distance < self.distance - 1e-6:
            self.load(routes)

    def load(self, routes: Routes) -> None:
        """Go on from these routes, which serve everybody; they are the best for now."""
        g, s = self.ground, self.state
        before, s.tally[ROWS] = s.tally[ROWS], max(len(routes), s.tally[SPARE_ROWS])
        s.tally[ABSENT] = 0
        for row in range(max(int(before), int(s.tally[ROWS]))):
            nodes = routes[row] if row < len(routes) else ()
            s.now.seq[row, : len(nodes) + 2] = (0, *nodes, 0)
            s.now.size[row] = len(nodes)
            s.now.sums[row, LOAD] = g.demand[list(nodes)].sum() if nodes else 0.0
            refresh(g, s.now, row)
            settle(g, s, row)
        s.total[0] = total_cost(s)
        s.total[PRICE] = max(s.total[PRICE], PRICE_AT_FIRST * s.total[0] / g.customers)
        keep_best(s)

    def drop_route(self) -> None:
        """Take the row away whose customers were absent least often; they are absent now."""
        g, s = self.ground, self.state
        routes = self.routes()
        weights = [sum(s.absences[c] for c in route if c <= g.customers) for route in routes]
        row = int(np.argmin(weights))
        self.load(routes[:row] + routes[row + 1 :])
        gone = [node for node in routes[row] if node <= g.customers]
        s.row[gone] = -1
        s.absent[: len(gone)] = gone
        s.tally[ABSENT] = len(gone)

    def empty(self, rounds: int = ROUNDS) -> bool:
        """Go on trying to serve the absent; return whether nobody is."""
        g, s = self.ground, self.state
        self.rounds += rounds
        done = bool(empty(g, s, self.knobs(1.0, 1.0), rounds))
        if done:
            keep_best(s)
        return done

    def shorten(self, done: float, then: float, rounds: int = ROUNDS) -> None:
        """Search for less distance; `done` and `then` say what share of the time is over before and after."""
        self.rounds += rounds
        shorten(self.ground, self.state, self.pool, self.knobs(done, then), rounds)

    def knobs(self, done: float, then: float) -> Array:
        """Return the settings of the annealing at this time."""
        total = max(1.0, self.state.total[0])
        heat = [total * HOT * (COLD / HOT) ** share for share in (done, then)]
        return np.array([WANTED, *heat, NEAR, KEEP, DEARER, CHEAPER])


def _routes_of(seq: Array, sizes: Array, count: int) -> Routes:
    return tuple(
        tuple(int(node) for node in seq[row, 1 : sizes[row] + 1]) for row in range(count) if sizes[row]
    )
