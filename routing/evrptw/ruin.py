"""Take customers out: strings of routes near each other (Christiaens and Vanden Berghe 2020)."""

from routing.evrptw.chance import below, fraction
from routing.evrptw.compiled import inner
from routing.evrptw.ground import Ground
from routing.evrptw.labels import AHEAD, LEAST, MOST, TIME, drive, joins
from routing.evrptw.state import ABSENT, LOAD, LOOSE, ROWS, STAMP, State, refresh, touch

LONGEST = 10
SPLIT, DEEPER = 0.5, 0.01


@inner
def ruin(g: Ground, s: State, wanted: float) -> None:
    """Take about `wanted` customers out, in strings round a random one; the absent become loose, too."""
    longest = min(float(LONGEST), _mean_calls(g, s))
    strings = 1 + int(fraction(s.random) * (4.0 * wanted / (1.0 + longest)))
    middle = 1 + below(s.random, g.customers)
    hit = 0
    for k in range(g.customers):
        c = g.close[middle, k]
        row = s.row[c]
        if row < 0 or s.stamp[row] == s.tally[STAMP]:
            continue
        touch(s, row)
        _take_string(g, s, row, c, longest)
        drop_stations(g, s, row)
        hit += 1
        if hit == strings:
            break
    for k in range(s.tally[ABSENT]):
        loosen(s, s.absent[k])
    s.tally[ABSENT] = 0


@inner
def loosen(s: State, customer: int) -> None:
    """Count a customer among those to be inserted."""
    s.row[customer] = -1
    s.loose[s.tally[LOOSE]] = customer
    s.tally[LOOSE] += 1


@inner
def _mean_calls(g: Ground, s: State) -> float:
    used = 0
    for row in range(s.tally[ROWS]):
        used += s.now.size[row] > 0
    return float((g.customers - s.tally[ABSENT]) / max(1, used))


@inner
def _take_string(g: Ground, s: State, row: int, customer: int, longest: float) -> None:
    """Take a string with the customer in it out, perhaps leaving a piece in its middle."""
    calls, at = 0, 0
    seq = s.now.seq[row]
    for p in range(1, s.now.size[row] + 1):
        if seq[p] <= g.customers:
            if seq[p] == customer:
                at = calls
            calls += 1
    length = min(1 + below(s.random, int(min(float(calls), longest))), calls)
    kept = 0
    if length > 1 and length < calls and fraction(s.random) < SPLIT:
        kept = 1
        while length + kept < calls and fraction(s.random) < DEEPER:
            kept += 1
    span = length + kept
    low, high = max(0, at - span + 1), min(at, calls - span)
    start = low + below(s.random, high - low + 1)
    hole = start + 1 + below(s.random, max(1, length - 1)) if kept else calls
    _cut(g, s, row, (start, start + span, hole, hole + kept))


@inner
def _cut(g: Ground, s: State, row: int, string: tuple[int, int, int, int]) -> None:
    """Take the customers numbered from start to end out, but not those from hole to hole's end."""
    start, end, hole, hole_end = string
    seq = s.now.seq[row]
    to, nth = 1, 0
    for p in range(1, s.now.size[row] + 1):
        node = seq[p]
        gone = False
        if node <= g.customers:
            gone = start <= nth < end and not hole <= nth < hole_end
            nth += 1
        if gone:
            s.now.sums[row, LOAD] -= g.demand[node]
            loosen(s, node)
        else:
            seq[to] = node
            to += 1
    seq[to] = 0
    s.now.size[row] = to - 1
    refresh(g, s.now, row)


@inner
def drop_stations(g: Ground, s: State, row: int) -> None:
    """Leave out every station a row can do without, the longest way round first."""
    while True:
        at = _dearest_needless(g, s, row)
        if at == 0:
            return
        seq = s.now.seq[row]
        for p in range(at, s.now.size[row] + 1):
            seq[p] = seq[p + 1]
        s.now.size[row] -= 1
        refresh(g, s.now, row)


@inner
def _dearest_needless(g: Ground, s: State, row: int) -> int:
    seq, label = s.now.seq[row], s.now.label[row]
    best, at = -1.0, 0
    for p in range(1, s.now.size[row] + 1):
        if seq[p] > g.customers:
            gain = label[p - 1, AHEAD] + label[p, AHEAD] - g.dist[seq[p - 1], seq[p + 1]]
            head = (label[p - 1, TIME], label[p - 1, LEAST], label[p - 1, MOST])
            if gain > best and joins(drive(g, head, seq[p - 1], seq[p + 1]), label[p + 1]):
                best, at = gain, p
    return at
