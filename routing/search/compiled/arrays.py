"""What the compiled search reads and writes: a problem, routes, plugs and scratch, as arrays of records.

Numbers are whole (int64) in SI as everywhere; a place, unit, request or plug is its index. A *node* is what
stands on a route: first all requests, then all plugs, breaks, and the way home of every unit-day.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from routing.search.compiled.bundle import Bundle

SERVE: Final = 0
RECHARGE: Final = 1
BREAK: Final = 2
HOME: Final = 3

NO_WAY: Final = 1 << 29
"""Seconds between places with no way between them."""
FOREVER: Final = 1 << 40
NOTHING: Final = -(1 << 40)
"""Less than any content of a pack."""
NOBODY: Final = -1

type Ints = Any
"""An array of whole numbers; the compiler knows its shape."""
type Floats = Any
type Records = Any


def _record(fields: str, kind: type = np.int64) -> np.dtype[np.void]:
    return np.dtype([(name, kind) for name in fields.split()], align=True)


UNIT: Final = _record(
    "profile slices cls wh_pct_per_km aux_w km_milli h_milli use_milli overtime_milli "
    "usable reserve target rest_w first_day n_days"
)
"""A unit. `cls`: its class, units of one class serve and recharge alike. What it draws on the way (watt-hours
per km times per cent; watts) is 0 when traction is separate."""
DAY: Final = _record("place at energy floor home_by start end refuge full_by")
"""A unit's shift; `refuge` is a row of `Tables.refuge`; `full_by`: no overtime for filling a pack."""
NODE: Final = _record(
    "kind place day earliest latest finish length asked_from wait_milli promise price lock_unit prev_unit "
    "movable hours_at hours_end power grid grid_at grid_end"
)
"""A request, plug, break or way home. A break has no place (NOBODY): it is taken where the unit stands."""
JOB: Final = _record("fits length draw")
"""A request for a class of units."""
SOCKET: Final = _record("ok first last")
"""A plug for a class of units: may it be used, and the pieces of the curve there."""
PIECE: Final = _record("soc power slope seconds", np.float64)
"""A part of a charge curve on which power is linear."""
SPAN: Final = _record("begin end")
"""Opening hours."""
STEP: Final = _record("begin power")
"""What a grid gives from an instant on."""
TURN: Final = _record("begin end who")
"""A use of a plug; NOBODY: one that stands already."""
STOP: Final = _record("node not_before free pack at start energy until seconds metres drawn need_in need_out")
"""A position on a route; `free`, `pack`, `at` hold before the node there; `until` is hopeful: when it may
start at the latest; `need_in`, `need_out`: the least the pack may hold on arrival and at the end."""
ROW: Final = _record("count milli promise uses version")
"""A route as a whole; a version is given once, to one content."""
USE: Final = _record("plug begin end")
CANDIDATE: Final = _record("bound unit")
SPOT: Final = _record("bound at")
OPTION: Final = _record("rank at plug")
KNOWN: Final = _record("version added at exact spare")
"""What putting a request into a route of a version adds to its cost, and where; when not exact: at least.
`spare`: how much a recharge was allowed to cost when the place was found."""
ENTRY: Final = _record("unit milli count uses")
KEPT: Final = _record("node start energy")
"""A position on a route in the pool."""


@dataclass(frozen=True, eq=False)
class Tables(Bundle):
    """A problem. `ways[profile, from, to]` are metres, then the seconds of each slice."""

    n_units: int
    n_requests: int
    n_plugs: int
    n_breaks: int
    n_breaks_of_one: int  # most of one unit
    promise_milli: int
    change_milli: int
    low_pack_milli: int
    unit: Records
    day: Records
    node: Records
    job: Records  # [class, request]
    socket: Records  # [class, plug]
    ways: Ints
    slice_from: Ints  # [profile, slice]
    refuge: Ints  # [row, request]: watt-hours from its place to the nearest plug or home
    piece: Records
    hours: Records
    grid: Records
    near: Ints  # [request, k]: its neighbours in place and time


@dataclass(frozen=True, eq=False)
class Calendar(Bundle):
    """When plugs are in use, in order of time: [plug, use]."""

    count: Ints
    turn: Records


@dataclass(frozen=True, eq=False)
class Routes(Bundle):
    """All routes, walked."""

    row: Records  # [unit]
    stop: Records  # [unit, position]
    use: Records  # [unit, use]
    unit_of: Ints  # [request]
    open_milli: Ints  # [1]: price of all that nobody serves
    stamp: Ints  # [1]: the last version given


@dataclass(frozen=True, eq=False)
class Path(Bundle):
    """Scratch: one route being walked, by position."""

    stop: Records
    use: Records
    out: Ints  # what came of it: see OUT_*


OUT_COUNT: Final = 0
OUT_MILLI: Final = 1
OUT_PROMISE: Final = 2
OUT_USES: Final = 3
OUT_AMOUNT: Final = 4
OUT_INDEX: Final = 5
OUT_FREE: Final = 6
OUT_PACK: Final = 7
OUT_USELESS: Final = 8
OUT_SIZE: Final = 10

OK: Final = 0
REACH: Final = 1
ENERGY: Final = 2
WINDOW: Final = 3
ACCESS: Final = 4
BREAK_LATE: Final = 5
SHIFT_LATE: Final = 6
USELESS: Final = 7
FULL: Final = 8
"""What came of a walk: fine, or the first rule broken (`USELESS`: a recharge that takes nothing)."""
