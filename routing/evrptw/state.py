"""Routes as arrays, with their labels, and the way back when a change is not wanted."""

from typing import NamedTuple

import numpy as np

from routing.evrptw.chance import seeded
from routing.evrptw.compiled import compiled, inner
from routing.evrptw.ground import Array, Ground
from routing.evrptw.labels import (
    AHEAD,
    BOUND,
    HUGE,
    LATEST,
    LEAST,
    MOST,
    NEED,
    TIME,
    WIDTH,
    drive,
    enter,
    look_back,
)

ROWS, CHANGED, LOOSE, ABSENT, STAMP, ABSENT_BEFORE, BEST_USED, MOVES, PATIENT, SPARE_ROWS = range(10)


LOAD, COST = range(2)
PRICE = 2
STAGE = 24


class Rows(NamedTuple):
    """One route a row: `seq[row]` begins and ends with the depot, `size[row]` nodes lie between."""

    seq: Array
    size: Array
    sums: Array  # [row, LOAD|COST]
    label: Array  # [row, position, label]


class State(NamedTuple):
    """A solution while it is being changed.

    Only the first `tally[ROWS]` rows may be used. `spare` keeps the rows that were changed since `begin` as
    they were.
    """

    now: Rows
    spare: Rows
    best_seq: Array
    best_size: Array
    row: Array  # of each customer, -1 when absent
    stamp: Array  # of each row: the last change that touched it
    changed: Array  # the rows touched by this change
    loose: Array  # customers to be inserted
    rank: Array  # their order
    absent: Array  # customers nobody serves
    absent_before: Array
    absences: Array  # how often each customer could not be inserted
    tally: Array
    total: Array  # the distance now, that of the best, and the price of somebody absent
    work: Array  # a row's worth of nodes
    stage: Array  # [call, nth, cost|time|least|most|distance ahead|latest]: labels of `recharge`
    origin: Array  # [call, nth, parent|bridge]
    random: Array


def new_state(g: Ground, seed: int) -> State:
    """Return a state with nobody served."""
    count, nodes = g.customers, len(g.ready)
    state = State(
        now=_new_rows(count + 1, 2 * count + 8),
        spare=_new_rows(count + 1, 2 * count + 8),
        best_seq=np.zeros((count + 1, 2 * count + 8), np.int64),
        best_size=np.zeros(count + 1, np.int64),
        row=np.full(nodes, -1, np.int64),
        stamp=np.zeros(count + 1, np.int64),
        changed=np.zeros(count + 1, np.int64),
        loose=np.zeros(nodes, np.int64),
        rank=np.zeros(nodes),
        absent=np.zeros(nodes, np.int64),
        absent_before=np.zeros(nodes, np.int64),
        absences=np.zeros(nodes, np.int64),
        tally=np.zeros(10, np.int64),
        total=np.zeros(3),
        work=np.zeros(2 * count + 8, np.int64),
        stage=np.zeros((count + 2, STAGE, 6)),
        origin=np.zeros((count + 2, STAGE, 2), np.int64),
        random=seeded(seed),
    )
    state.tally[STAMP] = 1
    for row in range(count + 1):
        refresh(g, state.now, row)
    return state


def _new_rows(rows: int, width: int) -> Rows:
    return Rows(
        seq=np.zeros((rows, width), np.int64),
        size=np.zeros(rows, np.int64),
        sums=np.zeros((rows, 2)),
        label=np.zeros((rows, width, WIDTH)),
    )


@compiled
def refresh(g: Ground, rows: Rows, row: int) -> None:
    """Label a row again and measure it."""
    seq, label = rows.seq[row], rows.label[row]
    end = rows.size[row] + 1
    label[0, TIME], label[0, LEAST], label[0, MOST] = g.ready[0], g.full, g.full
    for p in range(1, end + 1):
        head = (label[p - 1, TIME], label[p - 1, LEAST], label[p - 1, MOST])
        head = enter(g, drive(g, head, seq[p - 1], seq[p]), seq[p])
        label[p, TIME], label[p, LEAST], label[p, MOST] = head
    label[end, NEED], label[end, LATEST], label[end, BOUND] = 0.0, g.due[0], HUGE
    for p in range(end - 1, -1, -1):
        tail = (label[p + 1, NEED], label[p + 1, LATEST], label[p + 1, BOUND])
        label[p, NEED], label[p, LATEST], label[p, BOUND] = look_back(g, tail, seq[p], seq[p + 1])
    cost = 0.0
    for p in range(end):
        label[p, AHEAD] = g.dist[seq[p], seq[p + 1]]
        cost += label[p, AHEAD]
    rows.sums[row, COST] = cost


@inner
def copy_row(source: Rows, target: Rows, row: int) -> None:
    """Copy one row."""
    end = source.size[row] + 2
    target.size[row] = source.size[row]
    target.sums[row, LOAD], target.sums[row, COST] = source.sums[row, LOAD], source.sums[row, COST]
    for p in range(end):
        target.seq[row, p] = source.seq[row, p]
        for k in range(AHEAD + 1):
            target.label[row, p, k] = source.label[row, p, k]


@compiled
def begin(s: State) -> None:
    """Begin a change."""
    s.tally[STAMP] += 1
    s.tally[CHANGED] = 0
    s.tally[LOOSE] = 0
    s.tally[ABSENT_BEFORE] = s.tally[ABSENT]
    for k in range(s.tally[ABSENT]):
        s.absent_before[k] = s.absent[k]


@inner
def touch(s: State, row: int) -> None:
    """Say that a row is about to be changed."""
    if s.stamp[row] != s.tally[STAMP]:
        s.stamp[row] = s.tally[STAMP]
        s.changed[s.tally[CHANGED]] = row
        s.tally[CHANGED] += 1
        copy_row(s.now, s.spare, row)


@compiled
def undo(g: Ground, s: State) -> None:
    """Make everything as it was at `begin`."""
    for k in range(s.tally[LOOSE]):
        s.row[s.loose[k]] = -1
    for k in range(s.tally[CHANGED]):
        copy_row(s.spare, s.now, s.changed[k])
        settle(g, s, s.changed[k])
    s.tally[ABSENT] = s.tally[ABSENT_BEFORE]
    for k in range(s.tally[ABSENT]):
        s.absent[k] = s.absent_before[k]
        s.row[s.absent[k]] = -1


@compiled
def settle(g: Ground, s: State, row: int) -> None:
    """Note for every customer of a row that it is there."""
    for p in range(1, s.now.size[row] + 1):
        if s.now.seq[row, p] <= g.customers:
            s.row[s.now.seq[row, p]] = row


@compiled
def total_cost(s: State) -> float:
    """Return the distance of all rows."""
    total = 0.0
    for row in range(s.tally[ROWS]):
        total += s.now.sums[row, COST]
    return total


@inner
def count_used(s: State) -> int:
    """Return the number of rows that serve somebody."""
    used = 0
    for row in range(s.tally[ROWS]):
        used += s.now.size[row] > 0
    return used


@compiled
def keep_best(s: State) -> None:
    """Remember the rows as they are now as the best."""
    s.total[1] = s.total[0]
    s.tally[BEST_USED] = count_used(s)
    for row in range(s.tally[ROWS]):
        s.best_size[row] = s.now.size[row]
        for p in range(s.now.size[row] + 2):
            s.best_seq[row, p] = s.now.seq[row, p]
