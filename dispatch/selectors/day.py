"""The crew's day: their unit, the shift, the stops in order with what to do at each."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from accounts.callers import Caller, Kind
from dispatch.models import Shift, Stop
from dispatch.selectors.documents.common import Location
from dispatch.selectors.documents.day import Day, DayParts, DayRequest, DaySession, DayStop
from dispatch.selectors.render import iso, kilo
from dispatch.selectors.routes import find_lock, list_shown_stops, stop_view
from dispatch.selectors.streams import get_seq, unit_stream
from dispatch.selectors.units import list_unit_views

# A crew that comes home late still has its unit for so long.
LATE = timedelta(hours=1)


def find_unit(caller: Caller, now: datetime) -> UUID | None:
    """Find the unit a caller works on: a device's own, else that of the person's shift.

    The shift under way, else the one that has just ended, else the next.
    """
    if caller.kind is Kind.DEVICE:
        return caller.unit_id
    shifts = Shift.objects.of(caller).filter(crew=caller.person_id, ends_at__gt=now - LATE)
    near = sorted(
        shifts.order_by("starts_at")[:4], key=lambda shift: not shift.starts_at <= now < shift.ends_at
    )
    return near[0].unit_id if near else None


def is_stop_of(caller: Caller, stop_id: UUID, unit_id: UUID) -> bool:
    """Say whether a stop is a unit's."""
    return Stop.objects.of(caller).filter(id=stop_id, unit=unit_id).exists()


def get_day(unit_id: UUID, now: datetime, wall: datetime, speed: float) -> Day:
    """Return everything a crew sees. The sequence is read first: a later change comes again."""
    seq = get_seq(unit_stream(unit_id))
    parts = build_day_parts([unit_id], now, wall)[unit_id]
    return {"server_time": iso(now), "speed": speed, "seq": seq, **parts}


def build_day_parts(units: Iterable[UUID], now: datetime, wall: datetime) -> dict[UUID, DayParts]:
    """Build what messages of units' streams carry, each part whole; queries do not grow with the units."""
    wanted, house = list(units), Caller.system()
    views = {UUID(view["id"]): view for view in list_unit_views(house, now, wall, ids=wanted)}
    rows = list_shown_stops(house, wanted, now)
    stops: dict[UUID, list[DayStop]] = defaultdict(list)
    joined = rows.select_related("request__vehicle", "request__site", "depot", "plug")
    for stop in joined.prefetch_related("locks", "sessions"):
        stops[stop.unit_id].append(_day_stop(stop))
    return {
        key: {
            "unit": views.get(key),
            "shift": views[key]["shift"] if key in views else None,
            "stops": stops[key],
        }
        for key in wanted
    }


def _day_stop(stop: Stop) -> DayStop:
    return {
        **stop_view(stop, find_lock(stop)),
        "entrance": _entrance(stop),
        "charge": _charge(stop),
        "session": _session(stop),
        "plug_name": None if stop.plug is None else stop.plug.name,
        "plug_power_kw": None if stop.plug is None else kilo(stop.plug.power_w),
    }


def _entrance(stop: Stop) -> Location | None:
    """Where one drives in, when the car stands in a car park."""
    site = None if stop.request is None else stop.request.site
    if site is None:
        return None
    lat, lon = site.find_way_in(stop.lat, stop.lon)
    return {"lat": lat, "lon": lon}


def _session(stop: Stop) -> DaySession | None:
    """Tell whether the charger has begun and ended; its last reading once it has ended."""
    row = max(stop.sessions.all(), key=lambda session: session.started_at, default=None)
    if row is None:
        return None
    ended = row.ended_at is not None
    return {
        "state": row.state,
        "ended": ended,
        "delivered_kwh": kilo(row.energy_wh) if ended else None,
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
