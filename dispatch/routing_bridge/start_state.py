"""Where and when each unit is next free: what is under way is finished first and cannot be changed.

A unit that recharges is free at any moment: what is left of its recharge is planned anew, at the same
plug and without a way there. Whatever else is under way makes its end the unit's start.
"""

from datetime import timedelta

from dispatch.models import Stop, StopState, Unit, UnitState
from dispatch.routing_bridge.ground import Ground
from dispatch.routing_bridge.places import build_place
from routing.model.place import Place
from routing.model.unit import UnitState as StartState

# What a unit uses on average while it drives in a city, for a way whose metres nobody counted.
CITY_SPEED_MPS = 7


def build_start(ground: Ground, unit: Unit) -> tuple[StartState, Place]:
    """Build a unit's start and the place it starts from."""
    stop = ground.under_way.get(unit.id)
    if stop is None:
        return _idle(ground, unit)
    state: UnitState = unit.state
    place = stop_place(stop)
    arrival = stop.expected_arrival(ground.now, state.next_arrival_at)
    on_arrival = max(0, state.pack_wh - _driving_wh(unit, arrival - ground.now, stop))
    if stop.kind in (Stop.Kind.RECHARGE, Stop.Kind.HOLD):
        free, energy = max(arrival, ground.now), on_arrival
    else:
        free = stop.expected_end(ground.now, state.next_arrival_at)
        energy = max(0, on_arrival - _still_to_deliver(ground, unit, stop))
    plug = None if stop.plug_id is None else str(stop.plug_id)
    start = StartState(
        place=place.id,
        at_s=max(0, ground.timeline.seconds(free)),
        energy_wh=min(energy, unit.pack.usable_wh),
        plug=plug,
    )
    return start, place


def _idle(ground: Ground, unit: Unit) -> tuple[StartState, Place]:
    state: UnitState = unit.state
    place = _standing_place(ground, unit)
    energy, at = state.pack_wh, ground.now
    shifts = ground.shifts.get(unit.id, [])
    if shifts and shifts[0].starts_at > ground.now and place == _home(unit):
        # Off duty at home it goes on charging until somebody comes to work.
        at = shifts[0].starts_at
        energy += int(unit.pack.rest_w * (at - ground.now).total_seconds() / 3600)
    start = StartState(
        place=place.id,
        at_s=max(0, ground.timeline.seconds(at)),
        energy_wh=min(energy, unit.pack.usable_wh),
    )
    return start, place


def _standing_place(ground: Ground, unit: Unit) -> Place:
    last = ground.last.get(unit.id)
    if last is None:
        return _home(unit)
    if last.state == StopState.DONE:
        return stop_place(last)
    # It failed on the way or at the place: wherever the unit was seen last.
    return build_place(unit.state.lat, unit.state.lon)


def _home(unit: Unit) -> Place:
    return build_place(unit.home.lat, unit.home.lon, _site_key(unit.home.site_id))


def stop_place(stop: Stop) -> Place:
    """Build the place of a stop row; places are the same when coordinate and site are."""
    if stop.request is not None:
        return build_place(stop.lat, stop.lon, _site_key(stop.request.site_id))
    depot = stop.depot
    return build_place(stop.lat, stop.lon, None if depot is None else _site_key(depot.site_id))


def _site_key(site_id: object) -> str | None:
    return None if site_id is None else str(site_id)


def _driving_wh(unit: Unit, ahead: timedelta, stop: Stop) -> int:
    if stop.state != StopState.DISPATCHED or not unit.shares_pack:
        return 0
    seconds = max(0.0, ahead.total_seconds())
    return int(seconds * (CITY_SPEED_MPS * unit.drive_wh_per_km / 1000 + unit.aux_w / 3600)) + 1


def _still_to_deliver(ground: Ground, unit: Unit, stop: Stop) -> int:
    if stop.kind != Stop.Kind.SERVE:
        return 0
    whole = stop.energy_wh * 100 // unit.charger.efficiency_pct + 1
    if stop.worked_from is None:
        return whole
    charge_s = (stop.end_at - stop.start_at).total_seconds() - stop.setup_s - stop.wrapup_s
    gone = (ground.now - stop.worked_from).total_seconds()
    return int(whole * max(0.0, 1 - gone / charge_s)) if charge_s > 0 else 0
