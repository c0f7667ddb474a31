"""Units as the console shows them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from accounts.callers import Caller
from dispatch.models import ChargingSession, Shift, Unit, UnitState
from dispatch.selectors.charging import power_document
from dispatch.selectors.documents.board import UnitView
from dispatch.selectors.documents.common import PositionDocument, PowerDocument
from dispatch.selectors.render import iso, kilo, point

STALE = timedelta(seconds=30)


def list_unit_views(
    caller: Caller,
    now: datetime,
    wall: datetime,
    *,
    area_id: UUID | None = None,
    ids: Iterable[UUID] | None = None,
) -> list[UnitView]:
    """List units with state, pack and present shift; three queries, however many."""
    rows = Unit.objects.of(caller).select_related("state", "pack", "charger", "site").order_by("name")
    if area_id is not None:
        rows = rows.filter(area=area_id)
    if ids is not None:
        rows = rows.filter(id__in=ids)
    units = list(rows)
    shifts, flows = _present_shifts(units, now), _present_flows(units)
    return [_view(unit, shifts.get(unit.id), flows.get(unit.id), wall) for unit in units]


def _present_shifts(units: list[Unit], now: datetime) -> dict[UUID, Shift]:
    """The shift under way, else the one that comes next."""
    rows = Shift.objects.of(Caller.system()).filter(unit__in=units, ends_at__gt=now).select_related("crew")
    return {shift.unit_id: shift for shift in rows.order_by("-starts_at")}


def _present_flows(units: list[Unit]) -> dict[UUID, PowerDocument]:
    """What flows through each unit's charger, or into its pack."""
    rows = ChargingSession.objects.of(Caller.system()).filter(stop__unit__in=units, ended_at__isnull=True)
    return {
        session.stop.unit_id: power_document(session, session.stop)
        for session in rows.select_related("stop")
        if session.stop is not None
    }


def _view(unit: Unit, shift: Shift | None, flow: PowerDocument | None, wall: datetime) -> UnitView:
    state: UnitState = unit.state
    return {
        "id": str(unit.id),
        "name": unit.name,
        "kind": unit.kind,
        "plate": unit.plate,
        "state": state.activity,
        "stale": is_stale(state, wall),
        "position": position_document(state),
        "soc": round(state.pack_wh / unit.pack.usable_wh, 3),
        "energy_kwh": kilo(state.pack_wh),
        "usable_kwh": kilo(unit.pack.usable_wh),
        "reserve_kwh": kilo(unit.pack.reserve_wh),
        "power_kw": kilo(unit.charger.power_w),
        "crew": None if shift is None or shift.crew is None else shift.crew.name,
        "shift": None if shift is None else {"start": iso(shift.starts_at), "end": iso(shift.ends_at)},
        "charge": flow,
        "site": None if unit.site is None else {"id": str(unit.site.id), "name": unit.site.name},
    }


def get_ground(unit_id: UUID) -> tuple[UUID, UUID]:
    """Return whose a unit is, and of which area's plan it is part."""
    return Unit.objects.of(Caller.system()).values_list("operator_id", "area_id").get(id=unit_id)


def is_stale(state: UnitState, wall: datetime) -> bool:
    """Say whether a unit that should be heard of is not; silence off duty is no news."""
    if state.activity == UnitState.Activity.OFF_DUTY:
        return False
    return state.seen_at is None or wall - state.seen_at > STALE


def position_document(state: UnitState) -> PositionDocument | None:
    """Show the latest fix."""
    if state.fix_at is None:
        return None
    return {
        **point(state.lat, state.lon),
        "heading": state.heading,
        "speed_mps": state.speed_mps,
        "at": iso(state.fix_at),
    }
