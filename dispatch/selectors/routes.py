"""Routes as the console's timeline shows them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from accounts.callers import Caller
from dispatch.models import Lock, Stop, StopState, Unit
from dispatch.selectors.documents.board import LockView, RouteStop, RouteView, StopView
from dispatch.selectors.kept import Kept, Versions, as_text
from dispatch.selectors.render import iso, iso_or_none, kilo, point

# What is done stays in sight this long; a reader that is kept up to date drops it by the same rule.
PAST = timedelta(hours=2)
# No unit comes home later than this after its shift.
_LATEST_HOME = timedelta(hours=12)


def list_route_views(
    caller: Caller, now: datetime, *, area_id: UUID | None = None, units: Iterable[UUID] | None = None
) -> list[RouteView]:
    """List what every unit does next and did lately, idle ones too; queries do not grow with them."""
    wanted = list(units) if units is not None else _list_units(caller, area_id)
    shown = list_shown_stops(caller, wanted, now).values_list(as_text("id"), Versions(*_MADE_OF))
    by_unit: dict[str, list[RouteStop]] = defaultdict(list)
    for unit, stop in _stops.read(shown).values():
        by_unit[unit].append(stop)
    return [{"unit": str(key), "stops": by_unit[str(key)]} for key in wanted]


def _make(keys: Collection[str]) -> dict[str, tuple[str, tuple[str, RouteStop]]]:
    rows = (
        Stop.objects.of(Caller.system()).filter(id__in=keys).select_related("request", "depot").only(*_READ)
    )
    # Read by one statement, lest a version be named that is not the one shown.
    held = {f"lock_{name}": F(f"locks__{name}") for name in ("what", "who", "why", "until")}
    named = rows.annotate(versions=Versions(*_MADE_OF), **held)
    return {str(stop.id): (stop.versions, (str(stop.unit_id), _route_stop(stop))) for stop in named}


def _route_stop(stop: Any) -> RouteStop:
    what, who, why, until = stop.lock_what, stop.lock_who, stop.lock_why, stop.lock_until
    lock = None if what is None else Lock(what=what, who=who, why=why, until=until)
    return {**stop_view(stop, lock), "lock": _lock_view(lock)}


_READ = (
    "unit_id", "request_id", "kind", "state", "lat", "lon", "departed_at", "depart_at", "arrived_at",
    "arrive_at", "start_at", "done_at", "end_at", "energy_wh", "pack_before_wh", "pack_after_wh", "revision",
    "request__place_text", "depot__name",
)  # fmt: skip
# One field of each row that a stop is shown with.
_MADE_OF = ("kind", "request__lat", "depot__name", "locks__what")
_stops: Kept[tuple[str, RouteStop]] = Kept(_make)


def get_route_view(caller: Caller, stop_id: UUID, now: datetime) -> RouteView:
    """Return the route a stop is on."""
    unit_id = Stop.objects.of(caller).values_list("unit_id", flat=True).get(id=stop_id)
    return list_route_views(caller, now, units=[unit_id])[0]


def list_shown_stops(caller: Caller, units: Iterable[UUID], now: datetime) -> QuerySet[Stop]:
    """List the stops a screen shows, in order: ahead, under way, and done lately."""
    rows = Stop.objects.of(caller).filter(unit__in=units, route__shift__ends_at__gt=now - _LATEST_HOME)
    shown = rows.exclude(state__in=[StopState.SKIPPED, StopState.FAILED])
    lately = shown.exclude(state=StopState.DONE, done_at__lte=now - PAST)
    return lately.order_by("route__shift__starts_at", "position")


def _list_units(caller: Caller, area_id: UUID | None) -> list[UUID]:
    rows = Unit.objects.of(caller).filter(area=area_id).order_by("name")
    return list(rows.values_list("id", flat=True))


def stop_view(stop: Stop, lock: Lock | None) -> StopView:
    """Show a stop: facts where there are facts, the plan where not; `lock` is what holds it."""
    return {
        "id": str(stop.id),
        "kind": stop.kind,
        "state": stop.state,
        "request": None if stop.request_id is None else str(stop.request_id),
        "place": {"name": place_name(stop), **point(stop.lat, stop.lon)},
        "depart": iso(stop.departed_at or stop.depart_at),
        "arrive": iso(stop.arrived_at or stop.arrive_at),
        "start": iso(stop.arrived_at or stop.start_at),
        "end": iso(stop.done_at or stop.end_at),
        "energy_kwh": kilo(stop.energy_wh),
        "pack_before_kwh": kilo(stop.pack_before_wh),
        "pack_after_kwh": kilo(stop.pack_after_wh),
        "locked": stop.is_under_way or lock is not None,
        "revision": stop.revision,
    }


def find_lock(stop: Stop) -> Lock | None:
    """Find what holds a stop; there is one lock at most."""
    return next(iter(stop.locks.all()), None)


def _lock_view(lock: Lock | None) -> LockView | None:
    if lock is None:
        return None
    return {
        "what": lock.what,
        "by_hand": lock.is_by_hand,
        "why": lock.why,
        "until": iso_or_none(lock.until),
    }


def place_name(stop: Stop) -> str:
    """Name the place of a stop as people would."""
    if stop.request is not None:
        return stop.request.place_text
    return stop.depot.name if stop.depot is not None else ""
