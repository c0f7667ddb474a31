"""Ways between places, compiled: how long, how far, how much they draw."""

from routing.search.compiled.arrays import FOREVER, NO_WAY, Tables
from routing.search.compiled.jit import inlined


@inlined
def drive_wh(t: Tables, unit: int, metres: int, seconds: int) -> int:
    """Return what a way draws from the pack, rounded up."""
    u = t.unit[unit]
    return int(-(-(metres * u.wh_pct_per_km * 3600 + seconds * u.aux_w * 100_000) // 360_000_000))


@inlined
def way_s(t: Tables, unit: int, origin: int, target: int) -> int:
    """Return the seconds of a way at its fastest time of day."""
    if origin == target:
        return 0
    profile = t.unit[unit].profile
    best = t.ways[profile, origin, target, 1]
    for index in range(1, t.unit[unit].slices):
        best = min(best, t.ways[profile, origin, target, 1 + index])
    return int(best)


@inlined
def longest_way_s(t: Tables, unit: int, origin: int, target: int) -> int:
    """Return the seconds of a way at its slowest time of day."""
    if origin == target:
        return 0
    profile = t.unit[unit].profile
    worst = t.ways[profile, origin, target, 1]
    for index in range(1, t.unit[unit].slices):
        worst = max(worst, t.ways[profile, origin, target, 1 + index])
    return int(worst)


@inlined
def arrive_s(t: Tables, unit: int, way: tuple[int, int], free_s: int) -> int:
    """Return the earliest arrival of a unit that is free: it leaves then, or when roads get faster."""
    origin, target = way
    if origin == target:
        return free_s
    profile = t.unit[unit].profile
    count = t.unit[unit].slices
    index = 0
    while index + 1 < count and t.slice_from[profile, index + 1] <= free_s:
        index += 1
    best = free_s + t.ways[profile, origin, target, 1 + index]
    while index + 1 < count and t.slice_from[profile, index + 1] < best:
        index += 1
        best = min(best, t.slice_from[profile, index] + t.ways[profile, origin, target, 1 + index])
    return int(best)


@inlined
def depart_s(t: Tables, unit: int, way: tuple[int, int], span: tuple[int, int]) -> int:
    """Return the latest departure from `span[0]` on that arrives by `span[1]` (which can be met)."""
    origin, target = way
    free_s, arrive_by_s = span
    if origin == target:
        return arrive_by_s
    profile = t.unit[unit].profile
    for index in range(t.unit[unit].slices - 1, -1, -1):
        begins = t.slice_from[profile, index]
        ends = FOREVER if index + 1 == t.unit[unit].slices else t.slice_from[profile, index + 1]
        latest = min(arrive_by_s - t.ways[profile, origin, target, 1 + index], ends - 1)
        if latest >= max(begins, free_s):
            return int(latest)
    return free_s


@inlined
def is_way(seconds: int) -> bool:
    """Say whether there is a way of so many seconds."""
    return seconds < NO_WAY


@inlined
def way_m(t: Tables, unit: int, origin: int, target: int) -> int:
    """Return the metres of a way."""
    if origin == target:
        return 0
    return int(t.ways[t.unit[unit].profile, origin, target, 0])


@inlined
def leg_s(t: Tables, unit: int, way: tuple[int, int], leave_s: int) -> int:
    """Return how long a way is when it is begun at an instant."""
    origin, target = way
    if origin == target:
        return 0
    profile = t.unit[unit].profile
    index = t.unit[unit].slices - 1
    while index > 0 and t.slice_from[profile, index] > leave_s:
        index -= 1
    return int(t.ways[profile, origin, target, 1 + index])
