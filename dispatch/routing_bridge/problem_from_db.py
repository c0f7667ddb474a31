"""Rows become a Problem: units as they are, requests as they were promised, plugs as they are used."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Literal

from django.conf import settings

from dispatch.models import ChargeRequest, Plug, Promise, Shift, Stop, Unit
from dispatch.models.vehicle import Vehicle as VehicleRow
from dispatch.routing_bridge.ground import Ground
from dispatch.routing_bridge.places import build_place
from dispatch.routing_bridge.roads import roads_are_real
from dispatch.routing_bridge.start_state import build_start
from dispatch.routing_bridge.timeline import Timeline
from routing.model.place import Place, Travel
from routing.model.place import Plug as ProblemPlug
from routing.model.problem import Problem
from routing.model.request import FLEXIBLE, NORMAL, STRANDED, Request, Vehicle
from routing.model.unit import Break, Charger, Pack
from routing.model.unit import Shift as ProblemShift
from routing.model.unit import Unit as ProblemUnit

# An accepted request is served late rather than never.
GRACE = timedelta(hours=4)
PRIORITY = {"stranded": STRANDED, "normal": NORMAL, "flexible": FLEXIBLE}
# Seconds at the car before and after energy flows: park, find, check, connect; unplug, stow, show.
STREET_SETUP_S, WRAPUP_S = 465, 240
# The price of an hour of waiting, in thousandths of the currency unit.
ASAP_WAIT_MILLI, SLOT_WAIT_MILLI = 30_000, 1_000
# Serving is worth what it earns, and what a kept word is worth.
KEPT_WORD_MILLI = 100_000


def build_problem(ground: Ground) -> Problem:
    """Build the problem without travel times."""
    starts = {unit.id: build_start(ground, unit) for unit in ground.units}
    units = tuple(_unit(ground, unit, starts[unit.id]) for unit in ground.units)
    requests = tuple(_request(ground, row) for row in ground.requests)
    places = _unique(
        [
            *(build_place(plug.depot.lat, plug.depot.lon, _key(plug.depot.site_id)) for plug in ground.plugs),
            *(build_place(unit.home.lat, unit.home.lon, _key(unit.home.site_id)) for unit in ground.units),
            *(place for _, place in starts.values()),
            *(build_place(row.lat, row.lon, _key(row.site_id)) for row in ground.requests),
        ]
    )
    provider: Literal["osrm", "great_circle"] = "osrm" if roads_are_real() else "great_circle"
    return Problem(
        start_utc=ground.timeline.text,
        horizon_s=ground.area.horizon_s,
        places=places,
        travel=Travel(provider=provider, dataset=settings.ROADS_DATASET or None),
        units=units,
        plugs=tuple(_plug(plug) for plug in ground.plugs),
        requests=requests,
        seed=ground.area.plan_version % 1_000_000,
    )


def _unique(places: Iterable[Place]) -> tuple[Place, ...]:
    return tuple({place.id: place for place in places}.values())


def _key(site_id: object) -> str | None:
    return None if site_id is None else str(site_id)


def _unit(ground: Ground, unit: Unit, start: tuple[object, Place]) -> ProblemUnit:
    state = start[0]
    return ProblemUnit(
        id=str(unit.id),
        kind=unit.kind,  # type: ignore[arg-type]  # the column's choices are the literal's values
        mobility=unit.mobility,  # type: ignore[arg-type]
        profile=unit.profile,
        site=_key(unit.site_id) if unit.mobility == Unit.Mobility.ON_SITE else None,
        traction="shared" if unit.shares_pack else "separate",
        pack=Pack(
            usable_wh=unit.pack.usable_wh,
            reserve_wh=unit.pack.reserve_wh,
            target_wh=unit.pack.target_wh,
            max_charge_w=unit.pack.max_charge_w,
            curve=points(unit.pack.curve),
        ),
        charger=Charger(
            power_w=unit.charger.power_w,
            efficiency_pct=unit.charger.efficiency_pct,
            connectors=tuple(unit.charger.connectors),
            min_v=unit.charger.min_v,
            max_v=unit.charger.max_v,
        ),
        height_mm=unit.height_mm,
        weight_kg=unit.weight_kg,
        drive_wh_per_km=unit.drive_wh_per_km,
        aux_w=unit.aux_w,
        cost_per_km_milli=unit.cost_per_km_milli,
        cost_per_h_milli=unit.cost_per_h_milli,
        cost_per_use_milli=unit.cost_per_use_milli,
        state=state,  # type: ignore[arg-type]
        rest_w=unit.pack.rest_w,
        shifts=tuple(_shift(ground, unit, shift) for shift in ground.shifts.get(unit.id, [])),
    )


def points(curve: Sequence[Sequence[float]]) -> tuple[tuple[float, float], ...]:
    """Read a stored curve."""
    return tuple((float(soc), float(power)) for soc, power in curve)


def _shift(ground: Ground, unit: Unit, shift: Shift) -> ProblemShift:
    time = ground.timeline
    pauses = [pause for pause in shift.breaks if (shift.id, pause["id"]) not in ground.breaks_done]
    return ProblemShift(
        id=str(shift.id),
        start_s=time.seconds(shift.starts_at),
        end_s=time.seconds(shift.ends_at),
        end_place=build_place(unit.home.lat, unit.home.lon, _key(unit.home.site_id)).id,
        breaks=tuple(_break(time, pause) for pause in pauses),
    )


def _break(time: Timeline, pause: dict[str, str | int]) -> Break:
    return Break(
        id=str(pause["id"]),
        earliest_s=time.seconds(datetime.fromisoformat(str(pause["earliest"]))),
        latest_s=time.seconds(datetime.fromisoformat(str(pause["latest"]))),
        duration_s=int(pause["duration_s"]),
    )


def _plug(plug: Plug) -> ProblemPlug:
    return ProblemPlug(
        id=str(plug.id),
        place=build_place(plug.depot.lat, plug.depot.lon, _key(plug.depot.site_id)).id,
        power_w=plug.power_w,
        efficiency_pct=plug.efficiency_pct,
        connector=plug.connector,
        unit=_key(plug.unit_id),
    )


def _request(ground: Ground, row: ChargeRequest) -> Request:
    time = ground.timeline
    promise = list(row.promises.all())[-1]
    locked = _lock(ground, row)
    return Request(
        id=str(row.id),
        place=build_place(row.lat, row.lon, _key(row.site_id)).id,
        energy_wh=row.energy_wh,
        vehicle=build_vehicle(row.vehicle, row.soc_from),
        earliest_s=time.seconds(row.earliest),
        latest_s=time.seconds(max(row.latest, promise.arrival_p90, ground.now) + GRACE),
        promise_s=time.seconds(planned_limit(promise)),
        priority=PRIORITY[row.urgency],  # type: ignore[arg-type]
        value_milli=row.price["total_minor"] * 10 + KEPT_WORD_MILLI,
        wait_milli_per_h=ASAP_WAIT_MILLI if row.offer.kind == "asap" else SLOT_WAIT_MILLI,
        setup_s=row.setup_s,
        wrapup_s=row.wrapup_s,
        max_height_mm=row.site.max_height_mm if row.site else None,
        max_weight_kg=row.site.max_weight_kg if row.site else None,
        kinds=tuple(row.site.kinds) or None if row.site else None,
        unit=locked[0],
        start_s=locked[1],
    )


def planned_limit(promise: Promise) -> datetime:
    """The latest planned arrival that still leaves half of the promised margin to chance."""
    return promise.arrival_p50 + (promise.arrival_p90 - promise.arrival_p50) / 2


def setup_s(site_extra_s: int) -> int:
    """Say how long it takes at a car before energy flows."""
    return STREET_SETUP_S + site_extra_s


def build_vehicle(row: VehicleRow, soc: float) -> Vehicle:
    """Build the engine's car from a person's."""
    return Vehicle(
        usable_wh=row.usable_wh,
        soc=soc,
        max_dc_w=row.max_dc_w,
        max_ac_w=row.max_ac_w,
        connectors=tuple(row.connectors),
        voltage_v=row.voltage_v,
        efficiency_pct=row.efficiency_pct,
        curve=points(row.curve),
    )


def _lock(ground: Ground, row: ChargeRequest) -> tuple[str | None, int | None]:
    stop = _planned_stop(ground, row)
    if stop is None:
        return None, None
    unit, start = None, None
    for lock in stop.locks.all():
        unit = str(stop.unit_id) if lock.what in ("unit", "both") else unit
        start = ground.timeline.seconds(stop.start_at) if lock.what in ("time", "both") else start
    return unit, start


def _planned_stop(ground: Ground, row: ChargeRequest) -> Stop | None:
    stops = (stop for row_stops in ground.planned.values() for stop in row_stops)
    return next((stop for stop in stops if stop.request_id == row.id), None)
