"""What the rows say about an area at one moment, read in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum

from accounts.callers import Caller
from dispatch.models import (
    LIVE,
    PLANNABLE,
    UNDER_WAY,
    ChargeRequest,
    ChargingSession,
    Lock,
    Plug,
    Promise,
    ServiceArea,
    Shift,
    Stop,
    StopState,
    Unit,
)
from dispatch.models.charger import FAULTED
from dispatch.routing_bridge.demand import Demand
from dispatch.routing_bridge.timeline import Timeline

type Turns = dict[UUID, list[tuple[datetime, datetime]]]
_HOUSE = Caller.system()
# How long after its end a shift whose unit is still out is planned home.
OVERDUE = timedelta(hours=6)
# Documents within a stop's request: hundreds of them would be decoded, and not one looked at.
_UNREAD = ("request__price", "request__stage_at", "request__not_served")
BEGUN = (*UNDER_WAY, StopState.DONE, StopState.SKIPPED)


@dataclass(frozen=True, slots=True)
class Ground:
    """Rows of one area, for the bridge alone; nothing here crosses the door.

    `planned` holds every planned stop of the area, by shift: also those of shifts and units that are out
    of the game, so that what is planned there is found and moved. Of one unit alone: what is its own, with
    the turns of all others at the plugs in `taken`.
    """

    area: ServiceArea
    now: datetime
    timeline: Timeline
    units: list[Unit]
    shifts: dict[UUID, list[Shift]]
    under_way: dict[UUID, Stop]
    last: dict[UUID, Stop]
    planned: dict[UUID, list[Stop]]
    positions: dict[UUID, int]
    breaks_done: set[tuple[UUID, str]]
    locks: dict[UUID, list[Lock]]
    demands: dict[UUID, Demand]
    not_served: dict[UUID, object]
    plugs: dict[UUID, Plug]
    taken: Turns = field(default_factory=dict)


def read_ground(area_id: UUID, now: datetime) -> Ground:
    """Read an area. It is one moment's truth if the area's revision is the same before and under its lock."""
    area = ServiceArea.objects.of(_HOUSE).get(id=area_id)
    return _read(area, _units(area), _stops(area), _requests(area), (now, Timeline.from_now(now)))


def read_ground_of(area_id: UUID, unit_id: UUID, now: datetime, timeline: Timeline) -> Ground:
    """Read one unit of an area, and what the others hold of its plugs; no unit: it is out of service."""
    area = ServiceArea.objects.of(_HOUSE).get(id=area_id)
    stops = _stops(area).filter(unit=unit_id)
    asked = [stop.request_id for stop in stops if stop.state == StopState.PLANNED and stop.request_id]
    requests = _requests(area).filter(id__in=asked)
    ground = _read(area, _units(area).filter(id=unit_id), stops, requests, (now, timeline))
    return replace(ground, taken=_taken(ground, unit_id))


def _read(
    area: ServiceArea,
    of: QuerySet[Unit],
    stops: Iterable[Stop],
    of_requests: Iterable[ChargeRequest],
    when: tuple[datetime, Timeline],
) -> Ground:
    now, timeline = when
    units, stops, requests = list(of), list(stops), list(of_requests)
    shifts = _shifts(area, units, now)
    told, delivered = _told(requests), _delivered(requests)
    positions, breaks_done = _read_begun(shifts)
    return Ground(
        area=area,
        now=now,
        timeline=timeline,
        units=units,
        shifts=shifts,
        under_way={stop.unit_id: stop for stop in stops if stop.state in UNDER_WAY},
        last=_last(units),
        planned=_planned(stops),
        positions=positions,
        breaks_done=breaks_done,
        locks=_locks(stops),
        demands={row.id: Demand.of(row, told[row.id], delivered.get(row.id, 0)) for row in requests},
        not_served={row.id: row.not_served for row in requests},
        plugs=_plugs(area, units),
    )


def _units(area: ServiceArea) -> QuerySet[Unit]:
    left = Stop.objects.of(_HOUSE).filter(
        unit=OuterRef("id"), done_at__isnull=False, departed_at__isnull=False
    )
    return (
        Unit.objects.of(_HOUSE)
        .filter(area=area, in_service=True)
        .exclude(state__activity="out_of_service")
        .exclude(charger__state__status=FAULTED)
        .annotate(last_stop=Subquery(left.order_by("-done_at").values("id")[:1]))
        .select_related("home", "pack", "charger__state", "state")
        .order_by("name")
    )


def _shifts(area: ServiceArea, units: list[Unit], now: datetime) -> dict[UUID, list[Shift]]:
    """Shifts within the horizon, and those that are over while their unit is still out."""
    ahead = Q(ends_at__gt=now, starts_at__lt=now + timedelta(seconds=area.horizon_s))
    busy = Q(ends_at__lte=now, id__in=_shifts_of(Q(state__in=UNDER_WAY), units))
    way_home = Q(kind=Stop.Kind.HOLD, state=StopState.PLANNED)
    out = Q(ends_at__gt=now - OVERDUE, ends_at__lte=now, id__in=_shifts_of(way_home, units))
    found: dict[UUID, list[Shift]] = defaultdict(list)
    rows = Shift.objects.of(_HOUSE).filter(ahead | busy | out, unit__in=units).select_related("route")
    for shift in rows.order_by("starts_at"):
        found[shift.unit_id].append(shift)
    return found


def _shifts_of(stops: Q, units: list[Unit]) -> object:
    return Stop.objects.of(_HOUSE).filter(stops, unit__in=units).values("route__shift")


def _stops(area: ServiceArea) -> QuerySet[Stop]:
    rows = Stop.objects.of(_HOUSE).filter(route__area=area, state__in=LIVE)
    joined = rows.select_related("request", "route", "depot").defer(*_UNREAD)
    return joined.order_by("position")


def _locks(stops: list[Stop]) -> dict[UUID, list[Lock]]:
    """What holds planned stops; to prefetch it would make a query object of each."""
    found: dict[UUID, list[Lock]] = defaultdict(list)
    for lock in Lock.objects.of(_HOUSE).filter(stop__in=[stop.id for stop in stops]).order_by("id"):
        found[lock.stop_id].append(lock)
    return found


def _taken(ground: Ground, unit_id: UUID) -> Turns:
    """When others are at the plugs, turn after turn; whoever hangs there past its time leaves now."""
    rows = Stop.objects.of(_HOUSE).filter(plug__in=ground.plugs, state__in=LIVE, end_at__gt=ground.now)
    others = rows.exclude(unit=unit_id).order_by("start_at", "id")
    turns: Turns = defaultdict(list)
    for plug, start, end in others.values_list("plug", "start_at", "end_at"):
        mine = turns[plug]
        # Who is late may still stand where the next one is due: both in one turn.
        begins = mine.pop()[0] if mine and mine[-1][1] > start else max(start, ground.now)
        mine.append((begins, max(end, begins)))
    return turns


def _last(units: list[Unit]) -> dict[UUID, Stop]:
    """The stop each unit came from last: where it stands if it has not moved since."""
    keys = [unit.last_stop for unit in units if unit.last_stop is not None]  # type: ignore[attr-defined]
    rows = Stop.objects.of(_HOUSE).filter(id__in=keys).select_related("request", "depot")
    return {stop.unit_id: stop for stop in rows}


def _planned(stops: list[Stop]) -> dict[UUID, list[Stop]]:
    found: dict[UUID, list[Stop]] = defaultdict(list)
    for stop in stops:
        if stop.state == StopState.PLANNED:
            found[stop.route.shift_id].append(stop)
    return found


def _read_begun(shifts: dict[UUID, list[Shift]]) -> tuple[dict[UUID, int], set[tuple[UUID, str]]]:
    """The last position on each route that is not planned any more, and the breaks that were begun."""
    keys = [shift.id for row in shifts.values() for shift in row]
    rows = Stop.objects.of(_HOUSE).filter(route__shift__in=keys).exclude(state=StopState.PLANNED)
    positions: dict[UUID, int] = {}
    breaks: set[tuple[UUID, str]] = set()
    columns = ("route", "position", "kind", "state", "route__shift", "break_id")
    for route, position, kind, state, shift, pause in rows.order_by().values_list(*columns):
        positions[route] = max(position, positions.get(route, 0))
        if kind == Stop.Kind.BREAK and state in BEGUN:
            breaks.add((shift, pause))
    return positions, breaks


def _requests(area: ServiceArea) -> QuerySet[ChargeRequest]:
    rows = ChargeRequest.objects.of(_HOUSE).filter(area=area, status__in=PLANNABLE)
    joined = rows.select_related("vehicle", "site", "offer").defer("stage_at", "offer__price")
    return joined.order_by("created_at", "id")


def _told(requests: list[ChargeRequest]) -> dict[UUID, Promise]:
    """What drivers were promised last."""
    rows = Promise.objects.of(_HOUSE).filter(request__in=[row.id for row in requests])
    return {row.request_id: row for row in rows.order_by("request", "-version").distinct("request")}


def _delivered(requests: list[ChargeRequest]) -> dict[UUID, int]:
    """What open requests have got already, in sessions that were broken off."""
    rows = ChargingSession.objects.of(_HOUSE).filter(
        request__in=[row.id for row in requests], meter_end_wh__isnull=False
    )
    sums = rows.values("request").annotate(wh=Sum("energy_wh"))
    return dict(sums.values_list("request", "wh"))


def _plugs(area: ServiceArea, units: list[Unit]) -> dict[UUID, Plug]:
    """Plugs that work and are meant for units that do."""
    rows = Plug.objects.of(_HOUSE).filter(depot__area=area, state=Plug.State.AVAILABLE)
    working = rows.exclude(charger__state__status=FAULTED)
    usable = working.filter(Q(unit__isnull=True) | Q(unit__in=units)).select_related("depot")
    return {plug.id: plug for plug in usable.order_by("depot__name", "name")}
