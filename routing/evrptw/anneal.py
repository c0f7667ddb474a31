"""Ruin and recreate under simulated annealing: fewer vehicles first, then less distance."""

from math import log

from routing.evrptw.chance import fraction
from routing.evrptw.compiled import compiled, inner
from routing.evrptw.ground import Array, Ground
from routing.evrptw.labels import EPS
from routing.evrptw.pool import Pool, remember
from routing.evrptw.recharge import improve_recharges
from routing.evrptw.recreate import recreate
from routing.evrptw.ruin import ruin
from routing.evrptw.state import (
    ABSENT,
    BEST_USED,
    CHANGED,
    COST,
    PATIENT,
    PRICE,
    SPARE_ROWS,
    State,
    begin,
    count_used,
    keep_best,
    total_cost,
    undo,
)

WANTED, HOT, COLD, NEAR, KEEP, DEARER, CHEAPER = range(7)


@compiled
def shorten(g: Ground, s: State, pool: Pool, knobs: Array, rounds: int) -> None:
    """Change the solution so many times; the best that serves everybody is kept.

    With a fleet as small as it can be, most good solutions are islands. A customer may therefore be absent
    for a while, at a price that rises while somebody is and falls while nobody is.

    `knobs`: customers taken out at a time, temperature at the first and the last round, how much worse a
    change may be to have its recharges chosen again, and how much worse than the best to have its routes
    remembered; what the price is multiplied with in a round that leaves somebody absent, or nobody.
    """
    s.tally[PATIENT] = 1
    heat = knobs[HOT]
    cooling = (knobs[COLD] / knobs[HOT]) ** (1.0 / rounds)
    for _ in range(rounds):
        begin(s)
        before = s.total[0] + s.total[PRICE] * s.tally[ABSENT]
        ruin(g, s, knobs[WANTED])
        recreate(g, s)
        if _worth_it(g, s, before - heat * log(1.0 - fraction(s.random)), knobs[NEAR]):
            if s.total[0] < s.total[1] * knobs[KEEP]:
                remember(g, s, pool)
        else:
            undo(g, s)
        s.total[PRICE] *= knobs[DEARER] if s.tally[ABSENT] > 0 else knobs[CHEAPER]
        s.total[PRICE] = min(max(s.total[PRICE], heat), s.total[1])
        heat *= cooling


@inner
def _worth_it(g: Ground, s: State, limit: float, near: float) -> bool:
    """Take the change over if it is within the limit, after a look at its recharges."""
    fine = s.total[PRICE] * s.tally[ABSENT]
    total = total_cost(s)
    if total + fine >= limit * near:
        return False
    if g.stations:
        total -= _recharge_changed(g, s)
    complete = s.tally[ABSENT] == 0
    fewer = complete and s.tally[SPARE_ROWS] == 0 and count_used(s) < s.tally[BEST_USED]
    if total + fine >= limit and not fewer:
        return False
    s.total[0] = total
    if complete and (fewer or total < s.total[1] - EPS):
        keep_best(s)
    return True


@inner
def _recharge_changed(g: Ground, s: State) -> float:
    """Choose the recharges of the changed rows again; return the distance saved."""
    saved = 0.0
    for k in range(s.tally[CHANGED]):
        row = s.changed[k]
        before = s.now.sums[row, COST]
        if improve_recharges(g, s, row):
            saved += before - s.now.sums[row, COST]
    return saved


@compiled
def empty(g: Ground, s: State, knobs: Array, rounds: int) -> bool:
    """Try to serve everybody with the rows there are; return whether that came out.

    Who is often absent weighs more: a change is taken over when the absences of the absent sum up to less
    (the absence counters of Christiaens and Vanden Berghe), or when as many are served at an acceptable
    cost.
    """
    s.tally[PATIENT] = 1
    s.total[0] = total_cost(s)
    for _ in range(rounds):
        if s.tally[ABSENT] == 0:
            return True
        begin(s)
        before, weight = s.tally[ABSENT], weigh_absent(s)
        ruin(g, s, knobs[WANTED])
        recreate(g, s)
        if g.stations:
            _recharge_changed(g, s)
        total = total_cost(s)
        limit = s.total[0] - knobs[HOT] * log(1.0 - fraction(s.random))
        weight_now = weigh_absent(s)
        for k in range(s.tally[ABSENT]):
            s.absences[s.absent[k]] += 1
        if weight_now < weight or (s.tally[ABSENT] <= before and total < limit):
            s.total[0] = total
        else:
            undo(g, s)
    return bool(s.tally[ABSENT] == 0)


@inner
def weigh_absent(s: State) -> int:
    """Return the sum of the absences of those absent now."""
    weight = 0
    for k in range(s.tally[ABSENT]):
        weight += s.absences[s.absent[k]]
    return weight
