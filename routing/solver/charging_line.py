"""How long a pack recharges, as linear constraints.

At constant power it is one inequality, exact to the second. A bent curve is cut into pieces: the clock of a
content (seconds since empty) is held between two lines on each piece, upwards for the end of a recharge and
downwards for its beginning, so that no recharge is shorter than the judge allows.
"""

from functools import cache
from itertools import pairwise
from math import ceil, floor
from typing import Any

from ortools.sat.python import cp_model

from routing.charging.session import pack_filling
from routing.model.problem import Pack, Plug
from routing.model.units import WattHours

PIECE_SHARE = 0.05
"""A bent part of a curve is cut into pieces of at most this share of the pack."""

_FINE = 1000
"""The clock counts in thousandths of a second."""

type Piece = tuple[WattHours, WattHours, int, int, int]
"""From, to, clock at from, clock at to, and by how much the clock may bulge away from the line between."""

type Charge = tuple[Any, Any, Any]
"""Content before, content after, length in seconds."""


def require_charging(cp: cp_model.CpModel, pack: Pack, plug: Plug, charge: Charge) -> None:
    """Let a recharge be no shorter than it must."""
    before, after, length = charge
    power_cw = find_constant_cw(pack, plug)
    if power_cw is not None:
        cp.add(length * power_cw >= (after - before) * 360_000 - power_cw // 1_000_000)
        return
    pieces = list_pieces(pack, plug)
    cp.add(
        length * _FINE >= _clock(cp, pieces, after, upwards=True) - _clock(cp, pieces, before, upwards=False)
    )


def _clock(cp: cp_model.CpModel, pieces: tuple[Piece, ...], content: Any, *, upwards: bool) -> Any:
    """Return a clock that is never before (upwards) or never after a content is reached."""
    clock = cp.new_int_var(0, pieces[-1][3] + pieces[-1][4], "clock")
    lies_in = [cp.new_bool_var("piece") for _ in pieces]
    cp.add_exactly_one(lies_in)
    for (from_wh, to_wh, begin, end, bulge), here in zip(pieces, lies_in, strict=True):
        cp.add(content >= from_wh).only_enforce_if(here)
        cp.add(content <= to_wh).only_enforce_if(here)
        width = to_wh - from_wh
        line = begin * width + (content - from_wh) * (end - begin)
        if upwards:
            cp.add(clock * width >= line + bulge * width).only_enforce_if(here)
        else:
            cp.add(clock * width <= line - bulge * width).only_enforce_if(here)
    return clock


@cache
def find_constant_cw(pack: Pack, plug: Plug) -> int | None:
    """Find the power of a recharge in hundredths of a watt; None if it is not constant."""
    curve = pack_filling(pack, plug.power_w, plug.efficiency_pct).curve
    powers = [power_w for _, power_w in curve.points]
    return round(powers[0] * 100) if max(powers) == min(powers) else None


@cache
def find_most_cw(pack: Pack, plug: Plug) -> int:
    """Find the most power of a recharge in hundredths of a watt, rounded up."""
    curve = pack_filling(pack, plug.power_w, plug.efficiency_pct).curve
    return ceil(max(power_w for _, power_w in curve.points) * 100 - 1e-6)


@cache
def list_pieces(pack: Pack, plug: Plug) -> tuple[Piece, ...]:
    """Cut the way from empty to full into pieces."""
    filling = pack_filling(pack, plug.power_w, plug.efficiency_pct)
    full_wh = pack.usable_wh

    def clock(content_wh: int) -> float:
        return filling.seconds_between(0.0, content_wh / full_wh) * _FINE

    marks = {0, full_wh} | {round(soc * full_wh) for soc, _ in filling.curve.points if 0 < soc < 1}
    marks |= set(range(0, full_wh, max(1, int(full_wh * PIECE_SHARE))))
    edges = sorted(marks)
    pieces: list[Piece] = []
    for from_wh, to_wh in pairwise(edges):
        begin, end = clock(from_wh), clock(to_wh)
        inner = [from_wh + (to_wh - from_wh) * step // 16 for step in range(17)]
        lines = (begin + (end - begin) * (at - from_wh) / (to_wh - from_wh) for at in inner)
        bulge = max(abs(clock(at) - line) for at, line in zip(inner, lines, strict=True))
        pieces.append((from_wh, to_wh, floor(begin), ceil(end), ceil(bulge) + 1))
    return tuple(pieces)
