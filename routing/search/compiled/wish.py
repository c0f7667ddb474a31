"""One wish that comes and goes in tables that stay: written into its slot, and the best place for it."""

from routing.search.compiled.arrays import (
    BREAK,
    FOREVER,
    HOME,
    NO_WAY,
    NOBODY,
    OK,
    OUT_PROMISE,
    SERVE,
    Calendar,
    Ints,
    Routes,
    Tables,
)
from routing.search.compiled.insertion import find_best, try_position
from routing.search.compiled.jit import jit
from routing.search.compiled.scratch import BEST_POSITION, BEST_SPARE, BEST_UNIT, Scratch
from routing.search.compiled.ways import arrive_s, drive_wh, longest_way_s, way_m

WISH = 0
"""The node that is the wish's."""


@jit
def find_place(t: Tables, s: Routes, c: Calendar, k: Scratch, window: tuple[int, int, int]) -> int:
    """Find the cheapest place for the wish, begun in a window (from, to, price of an hour's wait).

    Returns
    -------
    int
        The unit, its walked path in `k.path`; NOBODY when there is no place, or none that breaks no promise.
    """
    t.node[WISH].earliest, t.node[WISH].latest, t.node[WISH].wait_milli = window
    t.node[WISH].asked_from = window[0]
    for unit in range(t.n_units):
        k.known[WISH, unit].version = NOBODY
    if find_best(t, s, c, k, WISH) == 0:
        return NOBODY
    unit = k.best[BEST_UNIT]
    k.best[BEST_SPARE] = k.known[WISH, unit].spare
    status = try_position(t, s, c, k, (unit, k.best[BEST_POSITION], WISH))
    if status != OK or k.path.out[OUT_PROMISE] > s.row[unit].promise:
        return NOBODY
    return int(unit)


@jit
def write_soonest(t: Tables, s: Routes) -> None:
    """Let `free` on every route say when a unit may be free at the earliest, as if recharges took no time.

    A recharge is cut short when somebody is to be served after it: for a wish with a narrow window what is
    planned now is no bound. (A search that tries thousands of places a second does better to keep to it.)
    """
    for unit in range(t.n_units):
        soon = t.day[t.unit[unit].first_day].at
        for i in range(s.row[unit].count):
            s.stop[unit, i].free = soon
            node, here = s.stop[unit, i].node, s.stop[unit, i].at
            kind = t.node[node].kind
            soon = arrive_s(t, unit, (here, t.node[node].place if t.node[node].place >= 0 else here), soon)
            if kind == SERVE:
                soon = max(soon, t.node[node].earliest) + t.job[t.unit[unit].cls, node].length
            elif kind == BREAK:
                soon = max(soon, t.node[node].earliest) + t.node[node].length
            elif kind == HOME and i + 1 < s.row[unit].count:
                day = t.node[node].day
                soon = max(soon, t.day[day].end, t.day[day + 1].start)


@jit
def write_refuges(t: Tables, unit_of: Ints, targets: Ints, place: int) -> None:
    """Write what it takes from the wish's place to the nearest refuge, for every row of `t.refuge`."""
    for row in range(unit_of.size):
        unit, least = unit_of[row], FOREVER
        for i in range(targets.shape[1]):
            if targets[row, i] >= 0:
                seconds = longest_way_s(t, unit, place, targets[row, i])
                if seconds < NO_WAY:
                    least = min(least, drive_wh(t, unit, way_m(t, unit, place, targets[row, i]), seconds))
        t.refuge[row, WISH] = 2 * t.unit[unit].usable if least >= FOREVER else least
