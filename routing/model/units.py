"""Names for whole numbers in SI. Aliases, not wrappers: the unit also stands in every name."""

type Seconds = int
"""Whole seconds; instants count from the problem's `start_utc`."""
type Metres = int
type Millimetres = int
type Kilograms = int
type Watts = int
type WattHours = int
type Milli = int
"""Thousandths of the operator's currency unit (1 euro = 1000)."""
type Soc = float
"""State of charge, 0 (empty) to 1 (full)."""

HOUR_S: Seconds = 3600
DAY_S: Seconds = 24 * HOUR_S


def ceil_div(dividend: int, divisor: int) -> int:
    """Divide whole numbers, rounding up: what something costs is never understated."""
    return -(-dividend // divisor)
