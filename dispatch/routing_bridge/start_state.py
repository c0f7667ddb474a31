"""Where and when each unit is next free: what is under way is finished first and cannot be changed.

A unit that recharges is free at any moment: what is left of its recharge is planned anew, at the same
plug and without a way there. Whatever else is under way makes its end the unit's start.
"""

from datetime import datetime

from dispatch.models import Stop, StopState, Unit, UnitState
from dispatch.routing_bridge.consumption import drive_wh_per_km
from dispatch.routing_bridge.ground import Ground
from dispatch.routing_bridge.places import build_place
from routing.model.place import Place
from routing.model.unit import UnitState as StartState

# What a unit uses on average while it drives in a city, for a way whose metres nobody counted.
CITY_SPEED_MPS = 7
# About ten metres: a unit that moves a little is still where it was, and its ways are known.
NEAR_DIGITS = 4


def build_start(ground: Ground, unit: Unit) -> tuple[StartState, Place]:
    """Build a unit's start and the place it starts from."""
    stop = ground.under_way.get(unit.id)
    place, free, energy = _idle(ground, unit) if stop is None else _busy(ground, unit, stop)
    start = StartState(
        place=place.id,
        at_s=max(0, ground.timeline.seconds(free)),
        energy_wh=max(0, min(energy, unit.pack.usable_wh)),
        plug=None if stop is None or stop.plug_id not in ground.plugs else str(stop.plug_id),
    )
    return start, place


def _busy(ground: Ground, unit: Unit, stop: Stop) -> tuple[Place, datetime, int]:
    state: UnitState = unit.state
    arrival = max(stop.expected_arrival(ground.now, state.next_arrival_at), ground.now)
    energy = state.pack_wh - _driving_wh(ground, unit, stop, arrival)
    if stop.kind in (Stop.Kind.RECHARGE, Stop.Kind.HOLD):
        return stop_place(stop), arrival, energy
    free = stop.expected_end(ground.now, state.next_arrival_at)
    return stop_place(stop), free, energy - _still_to_deliver(unit, stop)


def _idle(ground: Ground, unit: Unit) -> tuple[Place, datetime, int]:
    state: UnitState = unit.state
    place = _standing_place(ground, unit)
    shifts = ground.shifts.get(unit.id, [])
    if not shifts or shifts[0].starts_at <= ground.now:
        return place, ground.now, state.pack_wh
    begins = shifts[0].starts_at
    if place != home_place(unit):
        return place, begins, state.pack_wh
    # Off duty at home it goes on charging until somebody comes to work.
    rested = int(unit.pack.rest_w * (begins - ground.now).total_seconds() / 3600)
    return place, begins, state.pack_wh + rested


def _standing_place(ground: Ground, unit: Unit) -> Place:
    last = ground.last.get(unit.id)
    if last is None:
        return home_place(unit)
    if last.state == StopState.DONE:
        return stop_place(last)
    # It failed on the way or at the place: wherever the unit was seen last.
    return build_place(round(unit.state.lat, NEAR_DIGITS), round(unit.state.lon, NEAR_DIGITS))


def home_place(unit: Unit) -> Place:
    """Build the place a unit comes home to."""
    return build_place(unit.home.lat, unit.home.lon, site_key(unit.home.site_id))


def stop_place(stop: Stop) -> Place:
    """Build the place of a stop row; places are the same when coordinate and site are."""
    if stop.request is not None:
        return build_place(stop.lat, stop.lon, site_key(stop.request.site_id))
    depot = stop.depot
    return build_place(stop.lat, stop.lon, None if depot is None else site_key(depot.site_id))


def site_key(site_id: object) -> str | None:
    return None if site_id is None else str(site_id)


def _driving_wh(ground: Ground, unit: Unit, stop: Stop, arrival: datetime) -> int:
    """What the way takes from the pack after it was last read."""
    if stop.state != StopState.DISPATCHED or not unit.shares_pack:
        return 0
    read_at = max(unit.state.pack_at, stop.departed_at or unit.state.pack_at)
    seconds = max(0.0, (arrival - read_at).total_seconds())
    wh_per_km = drive_wh_per_km(unit, ground.area)
    return int(seconds * (CITY_SPEED_MPS * wh_per_km / 1000 + unit.aux_w / 3600)) + 1


def _still_to_deliver(unit: Unit, stop: Stop) -> int:
    """What the car takes from the pack after it was last read."""
    if stop.kind != Stop.Kind.SERVE:
        return 0
    whole = stop.energy_wh * 100 // unit.charger.efficiency_pct + 1
    if stop.worked_from is None:
        return whole
    charge_s = (stop.end_at - stop.start_at).total_seconds() - stop.setup_s - stop.wrapup_s
    if charge_s <= 0:
        return 0
    gone = max(0.0, (unit.state.pack_at - stop.worked_from).total_seconds())
    return int(whole * max(0.0, 1 - gone / charge_s))
