"""Five places on a grid: one block is 1 km and takes 2 minutes by car (12 by foot).

    Mill --- Quay --- Port
     |        |
    Depot -- Park

Depot (0,0)  Park (1,0)  Mill (0,1)  Quay (1,1)  Port (2,1). Times start at 08:00.
A unit drives 250 Wh a block; its pack is 60 kWh with a reserve of 6; outlets lose nothing.
A car charges at 30 kW flat: 10 kWh take 20 minutes, plus 5 before and 5 after.
The depot has one plug that gives 30 kW into a pack: 10 kWh take 20 minutes.
"""

from dataclasses import replace
from typing import Any

from routing.model.plan import Plan, Stop
from routing.model.problem import (
    Break,
    Charger,
    Grid,
    Pack,
    Place,
    Plug,
    Problem,
    Profile,
    Request,
    Shift,
    Slice,
    Travel,
    Unit,
    UnitState,
    Vehicle,
    Weights,
)

GRID = {"depot": (0, 0), "park": (1, 0), "mill": (0, 1), "quay": (1, 1), "port": (2, 1)}
BLOCK_S, BLOCK_M, FOOT_BLOCK_S = 120, 1000, 720
MINUTE, HOUR = 60, 3600
START = "2026-06-01T08:00:00Z"
CAR = Vehicle(
    usable_wh=60_000, soc=0.1, max_dc_w=30_000, efficiency_pct=100, curve=((0.0, 30_000.0), (1.0, 30_000.0))
)


def at(clock: str) -> int:
    """Seconds from 08:00 to a clock time."""
    hours, minutes = clock.split(":")
    return (int(hours) - 8) * HOUR + int(minutes) * MINUTE


def blocks(origin: str, target: str) -> int:
    (ax, ay), (bx, by) = GRID[origin], GRID[target]
    return abs(ax - bx) + abs(ay - by)


def travel() -> Travel:
    def matrix(per_block: int) -> tuple[tuple[int, ...], ...]:
        return tuple(tuple(blocks(a, b) * per_block for b in GRID) for a in GRID)

    metres = matrix(BLOCK_M)
    car = Profile(durations_s=matrix(BLOCK_S), distances_m=metres)
    foot = Profile(durations_s=matrix(FOOT_BLOCK_S), distances_m=metres)
    return Travel(profiles={"car": car, "foot": foot})


def van(name: str = "van1", *, kwh: float = 50, place: str = "depot", **changes: Any) -> Unit:
    shift = Shift(id="day", start_s=0, end_s=8 * HOUR, start_place="depot", end_place="depot")
    breaks = changes.pop("breaks", ())
    pack = Pack(usable_wh=60_000, reserve_wh=6_000, target_wh=0, max_charge_w=30_000)
    unit = Unit(
        id=name,
        pack=replace(pack, **changes.pop("pack", {})),
        charger=Charger(power_w=30_000, efficiency_pct=100),
        drive_wh_per_km=250,
        state=UnitState(place=place, at_s=changes.pop("at_s", 0), energy_wh=int(kwh * 1000)),
        shifts=changes.pop("shifts", (replace(shift, breaks=breaks),)),
    )
    return replace(unit, **changes)


def plug(name: str = "plug", **changes: Any) -> Plug:
    return replace(Plug(id=name, place="depot", power_w=30_000, efficiency_pct=100), **changes)


def ask(name: str, place: str, kwh: float = 10, **changes: Any) -> Request:
    """A request for energy any time before noon, unless said otherwise."""
    request = Request(
        id=name,
        place=place,
        energy_wh=int(kwh * 1000),
        vehicle=CAR,
        latest_s=4 * HOUR,
        setup_s=300,
        wrapup_s=300,
    )
    return replace(request, **changes)


def pause(name: str = "lunch", earliest: str = "10:00", latest: str = "11:00") -> Break:
    return Break(id=name, earliest_s=at(earliest), latest_s=at(latest), duration_s=30 * MINUTE)


def city(
    *requests: Request,
    units: tuple[Unit, ...] | None = None,
    plugs: tuple[Plug, ...] | None = None,
    grids: tuple[Grid, ...] = (),
    **changes: Any,
) -> Problem:
    problem = Problem(
        start_utc=START,
        places=tuple(Place(id=name, lat=y / 100, lon=x / 100) for name, (x, y) in GRID.items()),
        travel=travel(),
        units=(van(),) if units is None else units,
        plugs=(plug(),) if plugs is None else plugs,
        grids=grids,
        requests=requests,
        weights=Weights(),
    )
    return replace(problem, **changes)


def rush_hour(problem: Problem, *slices: tuple[int, int]) -> Problem:
    """The same city with other seconds a block by car, each from a time on."""
    car = problem.travel.profiles["car"]
    parts = tuple(
        Slice(from_s=from_s, durations_s=tuple(tuple(blocks(a, b) * per_block for b in GRID) for a in GRID))
        for from_s, per_block in slices
    )
    return problem.with_profiles({**problem.travel.profiles, "car": replace(car, slices=parts)})


def clock(seconds: int) -> str:
    minutes, rest = divmod(seconds, MINUTE)
    text = f"{8 + minutes // 60:02d}:{minutes % 60:02d}"
    return f"{text}:{rest:02d}" if rest else text


def tell(problem: Problem, plan: Plan) -> list[str]:
    """One line a route, then who is not served: `van1: mill 08:02 +10kWh > depot 08:34 (66 %)`."""
    usable = {unit.id: unit.pack.usable_wh for unit in problem.units}
    lines = [
        f"{route.unit}: " + " > ".join(_tell_stop(stop, usable[route.unit]) for stop in route.stops)
        for route in plan.routes
    ]
    return lines + [f"not served: {missed.request} ({missed.code})" for missed in plan.unserved]


def _tell_stop(stop: Stop, usable_wh: int) -> str:
    where = f"{stop.place} {clock(stop.start_s)}"
    if stop.kind == "serve":
        return f"{where} +{stop.energy_wh / 1000:g}kWh"
    if stop.kind == "recharge":
        return f"{where}-{clock(stop.end_s)} recharge {stop.energy_wh / 1000:g}kWh"
    if stop.kind == "break":
        return f"{where} break"
    return f"{where} ({round(100 * stop.pack_after_wh / usable_wh)} %)"
