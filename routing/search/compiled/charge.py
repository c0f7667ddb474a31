"""Packs at plugs, compiled: the twin of `routing.charging.session` for packs."""

from math import ceil, exp, floor, log

from routing.search.compiled.arrays import Tables
from routing.search.compiled.jit import inlined

_TINY = 1e-6


@inlined
def _clock(t: Tables, span: tuple[int, int], soc: float, usable: float) -> float:
    """Return the seconds from the curve's first point to a state of charge."""
    first, last = span
    if soc < t.piece[first].soc:
        return float((soc - t.piece[first].soc) * usable * 3600.0 / t.piece[first].power)
    index = first
    while index + 1 < last and t.piece[index + 1].soc <= soc:
        index += 1
    slope, power = t.piece[index].slope, t.piece[index].power
    if slope == 0.0:
        return float(t.piece[index].seconds + (soc - t.piece[index].soc) * usable * 3600.0 / power)
    reached = power + slope * (soc - t.piece[index].soc)
    return float(t.piece[index].seconds + usable * 3600.0 / slope * log(reached / power))


@inlined
def _soc_at(t: Tables, span: tuple[int, int], clock: float, usable: float) -> float:
    first, last = span
    index = first
    while index + 1 < last and t.piece[index + 1].seconds <= clock:
        index += 1
    hours = (clock - t.piece[index].seconds) / 3600.0
    slope, power = t.piece[index].slope, t.piece[index].power
    if slope == 0.0 or hours < 0:
        return float(t.piece[index].soc + power * hours / usable)
    return float(t.piece[index].soc + power * (exp(slope * hours / usable) - 1.0) / slope)


@inlined
def _curve(t: Tables, unit: int, plug: int) -> tuple[int, int]:
    socket = t.socket[t.unit[unit].cls, plug]
    return socket.first, socket.last


@inlined
def charge_s(t: Tables, unit: int, plug: int, from_wh: int, to_wh: int) -> int:
    """Return how long a pack recharges from one content to a higher one, rounded up."""
    if to_wh <= from_wh:
        return 0
    curve, usable = _curve(t, unit, plug), float(t.unit[unit].usable)
    seconds = _clock(t, curve, to_wh / usable, usable) - _clock(t, curve, from_wh / usable, usable)
    return max(0, ceil(seconds - _TINY))


@inlined
def energy_in_s(t: Tables, unit: int, plug: int, from_wh: int, seconds: int) -> int:
    """Return what a pack takes in a time, rounded down; never more than it has room for."""
    if seconds <= 0:
        return 0
    curve, usable = _curve(t, unit, plug), float(t.unit[unit].usable)
    soc = from_wh / usable
    reached = _soc_at(t, curve, _clock(t, curve, soc, usable) + seconds, usable)
    taken = max(0, floor((reached - soc) * usable + _TINY))
    return int(max(0, min(taken, t.unit[unit].usable - from_wh)))
