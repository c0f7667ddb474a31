"""What the rows say about an area at one moment, read in a fixed number of queries."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from accounts.callers import Caller
from dispatch.models import (
    PLANNABLE,
    UNDER_WAY,
    ChargeRequest,
    Plug,
    ServiceArea,
    Shift,
    Stop,
    StopState,
    Unit,
)
from dispatch.routing_bridge.timeline import Timeline

_HOUSE = Caller.system()
# How long after its end a shift whose unit is still out is planned home.
OVERDUE = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Ground:
    """Rows of one area, for the bridge alone; nothing here crosses the door."""

    area: ServiceArea
    now: datetime
    timeline: Timeline
    units: list[Unit]
    shifts: dict[UUID, list[Shift]]
    under_way: dict[UUID, Stop]
    last: dict[UUID, Stop]
    planned: dict[UUID, list[Stop]]
    breaks_done: set[tuple[UUID, str]]
    requests: list[ChargeRequest]
    plugs: list[Plug]


def read_ground(area_id: UUID, now: datetime) -> Ground:
    """Read an area; inside a transaction that holds its lock this is what stands."""
    area = ServiceArea.objects.of(_HOUSE).get(id=area_id)
    units = list(
        Unit.objects.of(_HOUSE)
        .filter(area=area, in_service=True)
        .exclude(state__activity="out_of_service")
        .select_related("home", "home__site", "pack", "charger", "state", "site")
        .order_by("name")
    )
    shifts = _shifts(area, units, now)
    stops = _stops(units, shifts)
    return Ground(
        area=area,
        now=now,
        timeline=Timeline.from_now(now),
        units=units,
        shifts=shifts,
        under_way={stop.unit_id: stop for stop in stops if stop.state in UNDER_WAY},
        last=_last(units),
        planned=_planned(stops),
        breaks_done=_breaks_done(shifts),
        requests=_requests(area),
        plugs=list(
            Plug.objects.of(_HOUSE)
            .filter(depot__area=area, state=Plug.State.AVAILABLE)
            .select_related("depot", "depot__site")
            .order_by("depot__name", "name")
        ),
    )


def _shifts(area: ServiceArea, units: list[Unit], now: datetime) -> dict[UUID, list[Shift]]:
    """Shifts within the horizon, and those that are over while their unit is still out."""
    ahead = Q(ends_at__gt=now, starts_at__lt=now + timedelta(seconds=area.horizon_s))
    out = Q(
        ends_at__gt=now - OVERDUE,
        ends_at__lte=now,
        route__stops__state__in=[*UNDER_WAY, StopState.DONE],
        route__in=_routes_with_open_hold(units),
    )
    found: dict[UUID, list[Shift]] = defaultdict(list)
    rows = Shift.objects.of(_HOUSE).filter(unit__in=units).filter(ahead | out).select_related("route")
    for shift in rows.distinct().order_by("starts_at"):
        found[shift.unit_id].append(shift)
    return found


def _routes_with_open_hold(units: list[Unit]) -> "object":
    holds = Stop.objects.of(_HOUSE).filter(unit__in=units, kind=Stop.Kind.HOLD)
    return holds.filter(state__in=[StopState.PLANNED, *UNDER_WAY]).values("route")


def _stops(units: list[Unit], shifts: dict[UUID, list[Shift]]) -> list[Stop]:
    keys = [shift.id for row in shifts.values() for shift in row]
    rows = Stop.objects.of(_HOUSE).filter(
        Q(route__shift__in=keys, state=StopState.PLANNED) | Q(unit__in=units, state__in=UNDER_WAY)
    )
    joined = rows.select_related(
        "request__vehicle", "plug__depot__site", "route", "depot__site", "request__site"
    )
    return list(joined.prefetch_related("locks").order_by("position"))


def _last(units: list[Unit]) -> dict[UUID, Stop]:
    """The stop each unit finished or failed last: where it stands if it has not moved since."""
    rows = Stop.objects.of(_HOUSE).filter(unit__in=units, done_at__isnull=False)
    latest = rows.order_by("unit", "-done_at").distinct("unit")
    return {stop.unit_id: stop for stop in latest.select_related("request__site", "depot__site", "plug")}


def _planned(stops: list[Stop]) -> dict[UUID, list[Stop]]:
    found: dict[UUID, list[Stop]] = defaultdict(list)
    for stop in stops:
        if stop.state == StopState.PLANNED:
            found[stop.route.shift_id].append(stop)
    return found


def _breaks_done(shifts: dict[UUID, list[Shift]]) -> set[tuple[UUID, str]]:
    keys = [shift.id for row in shifts.values() for shift in row]
    rows = Stop.objects.of(_HOUSE).filter(route__shift__in=keys, kind=Stop.Kind.BREAK)
    begun = rows.filter(state__in=[*UNDER_WAY, StopState.DONE, StopState.SKIPPED])
    return set(begun.values_list("route__shift_id", "break_id"))


def _requests(area: ServiceArea) -> list[ChargeRequest]:
    rows = ChargeRequest.objects.of(_HOUSE).filter(area=area, status__in=PLANNABLE)
    joined = rows.select_related("vehicle", "site", "offer").prefetch_related("promises")
    return list(joined.order_by("created_at", "id"))
