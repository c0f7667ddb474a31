"""What a meter's register says was delivered. Steps that cannot be counted are marked, never guessed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from dispatch.models import Flag

# Registers end at so many digits, or where 32 bits of watt-hours do.
ENDS_WH: tuple[int, ...] = (*(10**digits for digits in range(5, 10)), 2**32)
# A step over the end of a register is believed if so much more than the charger's power explains it.
MORE, LEAST_WH = 1.2, 1_000


@dataclass(frozen=True, slots=True)
class Point:
    at: datetime
    wh: int


@dataclass(frozen=True, slots=True)
class Count:
    energy_wh: int
    flags: frozenset[Flag]


def count(points: Sequence[Point], power_w: int) -> Count:
    """Add up what a register counted from the first point to the last, in this order.

    A value below an earlier one that is reached again later was misread: it is left out. One that is
    never reached again means another register: what flowed across the change is not known and not
    counted, unless the register ran over its last digit.
    """
    energy_wh, flags = 0, set[Flag]()
    if not points:
        return Count(0, frozenset())
    last = points[0]
    for index, point in enumerate(points[1:], start=1):
        if point.wh >= last.wh:
            energy_wh += point.wh - last.wh
        elif any(later.wh >= last.wh for later in points[index + 1 :]):
            flags.add(Flag.BACKWARDS)
            continue
        elif (over_wh := _run_over(last, point, power_w)) is not None:
            energy_wh += over_wh
            flags.add(Flag.ROLLOVER)
        else:
            flags.add(Flag.REPLACED)
        last = point
    return Count(energy_wh, frozenset(flags))


def _run_over(before: Point, after: Point, power_w: int) -> int | None:
    """Return what flowed if the register ran over its end between the two, None if it did not."""
    hours = max(after.at - before.at, timedelta()) / timedelta(hours=1)
    most_wh = power_w * hours * MORE + LEAST_WH
    for end_wh in ENDS_WH:
        over_wh = end_wh - before.wh + after.wh
        if before.wh < end_wh and over_wh <= most_wh:
            return over_wh
    return None
