"""The crew's day: their unit, the shift, the stops in order with what to do at each."""

from datetime import datetime, timedelta
from uuid import UUID

from accounts.callers import Caller, Kind
from dispatch.models import Shift, Stop
from dispatch.selectors.documents.day import Day, DayParts, DayRequest, DayStop
from dispatch.selectors.render import iso, kilo
from dispatch.selectors.routes import stop_view
from dispatch.selectors.streams import get_seq, unit_stream
from dispatch.selectors.units import list_unit_views

# A crew may look at its day this long before the shift begins.
EARLY = timedelta(hours=1)


def find_unit(caller: Caller, now: datetime) -> UUID | None:
    """Find the unit a caller works on: a device's own, else that of the person's shift."""
    if caller.kind is Kind.DEVICE:
        return caller.unit_id
    shifts = Shift.objects.of(caller).filter(crew=caller.person_id, ends_at__gt=now - EARLY)
    shift = shifts.order_by("starts_at").first()
    return None if shift is None else shift.unit_id


def get_day(unit_id: UUID, now: datetime, wall: datetime, speed: float) -> Day:
    """Return everything a crew sees. The sequence is read first: a later change comes again."""
    seq = get_seq(unit_stream(unit_id))
    parts = _parts(unit_id, now, wall)
    return {"server_time": iso(now), "speed": speed, "seq": seq, **parts}


def get_day_patch(unit_id: UUID, now: datetime, wall: datetime) -> DayParts:
    """Return what a message of the unit's stream carries: all parts, whole."""
    return _parts(unit_id, now, wall)


def _parts(unit_id: UUID, now: datetime, wall: datetime) -> DayParts:
    house = Caller.system()
    units = list_unit_views(house, now, wall, ids=[unit_id])
    unit = units[0] if units else None
    return {
        "unit": unit,
        "shift": None if unit is None else unit["shift"],
        "stops": _list_stops(unit_id, now),
    }


def _list_stops(unit_id: UUID, now: datetime) -> list[DayStop]:
    rows = (
        Stop.objects.of(Caller.system())
        .filter(unit=unit_id, end_at__gt=now - timedelta(hours=2))
        .exclude(state__in=["failed", "skipped"])
        .select_related("request__vehicle", "request__site", "depot", "plug")
        .prefetch_related("locks")
        .order_by("route__shift__starts_at", "position")
    )
    return [_day_stop(stop) for stop in rows]


def _day_stop(stop: Stop) -> DayStop:
    return {
        **stop_view(stop),
        "charge": _charge(stop),
        "plug_name": None if stop.plug is None else stop.plug.name,
        "plug_power_kw": None if stop.plug is None else kilo(stop.plug.power_w),
    }


def _charge(stop: Stop) -> DayRequest | None:
    row = stop.request
    if row is None:
        return None
    return {
        "id": str(row.id),
        "status": row.status,
        "vehicle": row.vehicle.model,
        "plate": row.vehicle.plate,
        "place_text": row.place_text,
        "energy_kwh": kilo(row.energy_wh),
        "soc": row.soc_from,
        "target_soc": row.soc_after,
        "access_note": "" if row.site is None else f"{row.site.name}, by the entrance",
    }
