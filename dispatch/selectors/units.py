"""Units as the console shows them."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from accounts.callers import Caller
from dispatch.models import ChargingSession, Shift, Unit, UnitState
from dispatch.selectors.charging import power_document
from dispatch.selectors.documents.board import UnitPart, UnitView
from dispatch.selectors.documents.common import PositionDocument, PowerDocument
from dispatch.selectors.kept import Kept, Versions, as_text
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
    """List units with state, pack and present shift; three queries, however many, and one for what is new."""
    rows = Unit.objects.of(caller).order_by("name")
    if area_id is not None:
        rows = rows.filter(area=area_id)
    if ids is not None:
        rows = rows.filter(id__in=ids)
    read = list(rows.values_list("id", as_text("id"), Versions(*_MADE_OF), *_STATE))
    parts = _parts.read((key, versions) for _, key, versions, *_ in read)
    units = [unit_id for unit_id, *_ in read]
    shifts, flows = _present_shifts(units, now), _present_flows(units)
    return [
        _view(
            parts[key],
            UnitState(**dict(zip(_OF_STATE, state, strict=True))),
            shifts.get(unit_id),
            flows.get(unit_id),
            wall,
        )
        for unit_id, key, _, *state in read
        if key in parts
    ]


# What changes by the second, of every unit; and one field of each row that the rest is made of.
_OF_STATE = ("activity", "seen_at", "fix_at", "lat", "lon", "heading", "speed_mps", "pack_wh")
_STATE = tuple(f"state__{name}" for name in _OF_STATE)
_MADE_OF = ("name", "pack__usable_wh", "charger__power_w", "site__name")


def _make(keys: Collection[str]) -> dict[str, tuple[str, tuple[int, UnitPart]]]:
    rows = Unit.objects.of(Caller.system()).filter(id__in=keys).annotate(versions=Versions(*_MADE_OF))
    joined: Iterable[Any] = rows.select_related("pack", "charger", "site")
    return {str(unit.id): (unit.versions, (unit.pack.usable_wh, _part(unit))) for unit in joined}


_parts: Kept[tuple[int, UnitPart]] = Kept(_make)


class Present(NamedTuple):
    """A shift under way, or the one that comes next."""

    starts_at: datetime
    ends_at: datetime
    crew: str | None


def _present_shifts(units: list[UUID], now: datetime) -> dict[UUID, Present]:
    rows = Shift.objects.of(Caller.system()).filter(unit__in=units, ends_at__gt=now).order_by("-starts_at")
    read = rows.values_list("unit_id", "starts_at", "ends_at", "crew__name")
    return {unit_id: Present(starts_at, ends_at, crew) for unit_id, starts_at, ends_at, crew in read}


def _present_flows(units: list[UUID]) -> dict[UUID, PowerDocument]:
    """What flows through each unit's charger, or into its pack."""
    rows = ChargingSession.objects.of(Caller.system()).filter(stop__unit__in=units, ended_at__isnull=True)
    return {
        session.stop.unit_id: power_document(session, session.stop)
        for session in rows.select_related("stop")
        if session.stop is not None
    }


def _part(unit: Unit) -> UnitPart:
    return {
        "id": str(unit.id),
        "name": unit.name,
        "kind": unit.kind,
        "plate": unit.plate,
        "usable_kwh": kilo(unit.pack.usable_wh),
        "reserve_kwh": kilo(unit.pack.reserve_wh),
        "power_kw": kilo(unit.charger.power_w),
        "site": None if unit.site is None else {"id": str(unit.site.id), "name": unit.site.name},
    }


def _view(
    part: tuple[int, UnitPart],
    state: UnitState,
    shift: Present | None,
    flow: PowerDocument | None,
    wall: datetime,
) -> UnitView:
    usable_wh, own = part
    return {
        **own,
        "state": state.activity,
        "stale": is_stale(state, wall),
        "position": position_document(state),
        "soc": round(state.pack_wh / usable_wh, 3),
        "energy_kwh": kilo(state.pack_wh),
        "crew": None if shift is None else shift.crew,
        "shift": None if shift is None else {"start": iso(shift.starts_at), "end": iso(shift.ends_at)},
        "charge": flow,
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
