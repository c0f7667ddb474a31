"""Rows become a Problem: units as they are, requests as they were promised, plugs as they are used."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from dispatch.models import Plug, Shift, Stop, Unit
from dispatch.routing_bridge.consumption import drive_wh_per_km
from dispatch.routing_bridge.demand import PRIORITY, Demand, read_points
from dispatch.routing_bridge.ground import Ground
from dispatch.routing_bridge.places import build_place
from dispatch.routing_bridge.roads import name_dataset, name_source
from dispatch.routing_bridge.start_state import build_start, home_place, site_key
from dispatch.routing_bridge.timeline import Timeline
from routing.model.place import Place
from routing.model.place import Plug as ProblemPlug
from routing.model.problem import Problem
from routing.model.request import Request
from routing.model.travel import Travel
from routing.model.unit import Break, Charger, Pack
from routing.model.unit import Shift as ProblemShift
from routing.model.unit import Unit as ProblemUnit
from routing.model.unit import UnitState as StartState

# An accepted request is served late rather than never.
GRACE = timedelta(hours=4)
# The price of an hour of waiting, in thousandths of the currency unit.
ASAP_WAIT_MILLI, SLOT_WAIT_MILLI = 30_000, 1_000
# Serving is worth what it earns, and what a kept word is worth.
KEPT_WORD_MILLI = 100_000


def build_problem(ground: Ground, asked: Iterable[Demand] = ()) -> Problem:
    """Build the problem without travel times; `asked` is about to become a row."""
    starts = {unit.id: build_start(ground, unit) for unit in ground.units}
    units = tuple(_unit(ground, unit, starts[unit.id][0]) for unit in ground.units)
    demands = [*ground.demands.values(), *asked]
    places = [
        *(_plug_place(plug) for plug in ground.plugs.values()),
        *(home_place(unit) for unit in ground.units),
        *(place for _, place in starts.values()),
        *(demand.spot.place for demand in demands),
    ]
    locked = {stop.request_id: stop for row in ground.planned.values() for stop in row if stop.request_id}
    return Problem(
        start_utc=ground.timeline.text,
        now_s=ground.timeline.seconds(ground.now),
        horizon_s=ground.area.horizon_s,
        places=tuple({place.id: place for place in places}.values()),
        travel=Travel(provider=name_source(), dataset=name_dataset()),
        units=units,
        plugs=tuple(_plug(ground, plug) for plug in ground.plugs.values()),
        requests=tuple(_request(ground, demand, locked.get(demand.id)) for demand in demands),
        seed=ground.area.plan_version % 1_000_000,
    )


def _unit(ground: Ground, unit: Unit, start: StartState) -> ProblemUnit:
    return ProblemUnit(
        id=str(unit.id),
        kind=unit.kind,  # type: ignore[arg-type]  # the column's choices are the literal's values
        mobility=unit.mobility,  # type: ignore[arg-type]
        profile=unit.profile,
        site=site_key(unit.site_id) if unit.mobility == Unit.Mobility.ON_SITE else None,
        traction="shared" if unit.shares_pack else "separate",
        pack=Pack(
            usable_wh=unit.pack.usable_wh,
            reserve_wh=unit.pack.reserve_wh,
            target_wh=unit.pack.target_wh,
            max_charge_w=unit.pack.max_charge_w,
            curve=read_points(unit.pack.curve),
        ),
        charger=Charger(
            power_w=unit.charger.able_w,
            efficiency_pct=unit.charger.efficiency_pct,
            connectors=tuple(unit.charger.connectors),
            min_v=unit.charger.min_v,
            max_v=unit.charger.max_v,
        ),
        height_mm=unit.height_mm,
        weight_kg=unit.weight_kg,
        drive_wh_per_km=drive_wh_per_km(unit, ground.area),
        aux_w=unit.aux_w,
        cost_per_km_milli=unit.cost_per_km_milli,
        cost_per_h_milli=unit.cost_per_h_milli,
        cost_per_use_milli=unit.cost_per_use_milli,
        state=start,
        rest_w=unit.pack.rest_w,
        shifts=tuple(_shift(ground, unit, shift) for shift in ground.shifts.get(unit.id, [])),
    )


def _shift(ground: Ground, unit: Unit, shift: Shift) -> ProblemShift:
    time = ground.timeline
    pauses = [pause for pause in shift.breaks if (shift.id, pause["id"]) not in ground.breaks_done]
    return ProblemShift(
        id=str(shift.id),
        start_s=time.seconds(shift.starts_at),
        end_s=time.seconds(shift.ends_at),
        end_place=home_place(unit).id,
        breaks=tuple(_break(time, pause) for pause in pauses),
    )


def _break(time: Timeline, pause: dict[str, str | int]) -> Break:
    return Break(
        id=str(pause["id"]),
        earliest_s=time.seconds(datetime.fromisoformat(str(pause["earliest"]))),
        latest_s=time.seconds(datetime.fromisoformat(str(pause["latest"]))),
        duration_s=int(pause["duration_s"]),
    )


def _plug(ground: Ground, plug: Plug) -> ProblemPlug:
    second = ground.timeline.seconds
    turns = ((second(start), second(end)) for start, end in ground.taken.get(plug.id, ()))
    return ProblemPlug(
        id=str(plug.id),
        place=_plug_place(plug).id,
        power_w=plug.power_w,
        efficiency_pct=plug.efficiency_pct,
        connector=plug.connector,
        unit=site_key(plug.unit_id),
        busy=tuple((start_s, end_s) for start_s, end_s in turns if start_s < end_s),
    )


def _plug_place(plug: Plug) -> Place:
    return build_place(plug.depot.lat, plug.depot.lon, site_key(plug.depot.site_id))


def _request(ground: Ground, demand: Demand, stop: Stop | None) -> Request:
    return build_request(ground.timeline, ground.now, demand, _lock(ground, stop))


def build_request(
    time: Timeline, now: datetime, demand: Demand, lock: tuple[str | None, int | None] = (None, None)
) -> Request:
    """Build what is asked, in a problem's seconds; `lock`: the unit and the start that were fixed."""
    unit, start_s = lock
    return Request(
        id=str(demand.id),
        place=demand.spot.place.id,
        energy_wh=demand.energy_wh,
        vehicle=demand.car.build(demand.soc),
        earliest_s=time.seconds(demand.earliest),
        latest_s=time.seconds(max(demand.latest, now) + GRACE),
        promise_s=time.seconds(demand.limit),
        priority=PRIORITY[demand.urgency],  # type: ignore[arg-type]  # the values are the literal's
        value_milli=demand.price_minor * 10 + KEPT_WORD_MILLI,
        wait_milli_per_h=ASAP_WAIT_MILLI if demand.kind == "asap" else SLOT_WAIT_MILLI,
        setup_s=demand.setup_s,
        wrapup_s=demand.wrapup_s,
        max_height_mm=demand.spot.max_height_mm,
        max_weight_kg=demand.spot.max_weight_kg,
        kinds=demand.spot.kinds or None,  # type: ignore[arg-type]
        access=demand.spot.access(time),
        unit=unit,
        start_s=start_s,
    )


def _lock(ground: Ground, stop: Stop | None) -> tuple[str | None, int | None]:
    """Return what a lock holds: not a unit that is out of service, nor a time that has gone."""
    unit, start_s = None, None
    for lock in () if stop is None else ground.locks.get(stop.id, ()):
        assert stop is not None
        if lock.what in ("unit", "both") and any(known.id == stop.unit_id for known in ground.units):
            unit = str(stop.unit_id)
        if lock.what in ("time", "both") and stop.start_at >= ground.now:
            start_s = ground.timeline.seconds(stop.start_at)
    return unit, start_s
