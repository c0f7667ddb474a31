"""Where a unit has been, as a line on the map: laid on the road where a road engine can."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from accounts.callers import Caller
from dispatch.errors import NotFound
from dispatch.models import Position, Unit
from dispatch.routing_bridge.places import build_place, encode_line
from dispatch.routing_bridge.roads import match_trace
from dispatch.selectors.documents.trace import TraceDocument
from dispatch.selectors.render import iso

LONGEST = timedelta(hours=12)
# The engine's time grows with the fixes: so many at most, evenly thinned out.
MOST_FIXES = 400


def get_trace(caller: Caller, unit_id: UUID, span: timedelta, now: datetime) -> TraceDocument:
    """Return the way of a unit in the last while."""
    unit = Unit.objects.of(caller).filter(id=unit_id).first()
    if unit is None:
        raise NotFound
    since = now - min(span, LONGEST)
    rows = Position.objects.of(caller).filter(unit=unit, at__gt=since, at__lte=now).order_by("at")
    fixes = _thin_out(list(rows.values_list("at", "lat", "lon")))
    matched = None if unit.mobility != Unit.Mobility.ROAD else _match(unit.profile, fixes)
    straight = [encode_line([(lat, lon) for _, lat, lon in fixes])] if len(fixes) > 1 else []
    return {
        "unit": str(unit_id),
        "since": iso(since),
        "until": iso(now),
        "fixes": len(fixes),
        "on_road": bool(matched),
        "lines": matched or straight,
    }


def _match(profile: str, fixes: Sequence[tuple[datetime, float, float]]) -> list[str] | None:
    by_second = {int(at.timestamp()): build_place(lat, lon) for at, lat, lon in fixes}
    return match_trace(profile, [(place, second) for second, place in sorted(by_second.items())])


def _thin_out(
    fixes: list[tuple[datetime, float, float]],
) -> list[tuple[datetime, float, float]]:
    if len(fixes) <= MOST_FIXES:
        return fixes
    step = (len(fixes) - 1) / (MOST_FIXES - 1)
    return [fixes[round(number * step)] for number in range(MOST_FIXES)]
