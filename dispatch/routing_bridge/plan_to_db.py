"""A Plan becomes rows, as a difference: stops keep their ids, and only what moved is written."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from accounts.callers import Caller
from dispatch.models import ChargeRequest, Route, Stop, StopState
from dispatch.routing_bridge.ground import Ground
from routing.model.plan import Plan
from routing.model.plan import Route as PlanRoute
from routing.model.plan import Stop as PlanStop

# A shift of less than this is the same stop to a person looking at it.
NOTICEABLE = timedelta(seconds=60)
_HOUSE = Caller.system()


@dataclass(slots=True)
class Difference:
    """What publishing changed, by id."""

    added: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    units: set[UUID] = field(default_factory=set)
    requests: set[UUID] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.added or self.moved or self.removed or self.requests)

    def to_json(self) -> dict[str, list[str]]:
        return {"added": self.added, "moved": self.moved, "removed": self.removed}


def write_plan(ground: Ground, plan: Plan) -> Difference:
    """Write routes and stops; the caller holds the area's lock and has had the plan judged."""
    writer = _Writer(ground)
    for route in plan.routes:
        writer.take(route)
    writer.finish()
    _write_unserved(ground, plan, writer.difference)
    return writer.difference


class _Writer:
    """Matches the plan's stops with the rows that stand, then writes in as few statements as it can."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.difference = Difference()
        self._spare = {stop.id: stop for stops in ground.planned.values() for stop in stops}
        self._by_request = {stop.request_id: stop for stop in self._spare.values() if stop.request_id}
        self._changed: list[Stop] = []
        self._new: list[Stop] = []

    def take(self, route: PlanRoute) -> None:
        """Match one route; its first stop may be the recharge that is under way already."""
        unit_id, shift_id = UUID(route.unit), UUID(route.shift)
        stops = list(route.stops)
        under_way = self.ground.under_way.get(unit_id)
        if under_way is not None and under_way.route.shift_id == shift_id:
            stops = self._without_under_way(under_way, stops)
        if not stops and not self.ground.planned.get(shift_id):
            return
        row = self._route(unit_id, shift_id)
        first = 0 if under_way is None else under_way.position
        for number, stop in enumerate(stops, start=max(first, self._last_position(row)) + 1):
            self._place(row, stop, number)

    def finish(self) -> None:
        """Write: remove what is planned no more, then move, then add (a request has one live stop)."""
        gone = list(self._spare.values())
        if gone:
            Stop.objects.of(_HOUSE).filter(id__in=[stop.id for stop in gone]).delete()
            self._note(gone, self.difference.removed)
        if self._changed:
            Stop.objects.of(_HOUSE).bulk_update(self._changed, _FIELDS)
        if self._new:
            Stop.objects.of(_HOUSE).bulk_create(self._new)
            self._note(self._new, self.difference.added)

    def _without_under_way(self, row: Stop, stops: list[PlanStop]) -> list[PlanStop]:
        if row.kind != Stop.Kind.RECHARGE:
            return stops
        instant = self.ground.timeline.instant
        goes_on = bool(stops) and stops[0].kind == "recharge" and stops[0].plug == str(row.plug_id)
        end, level = row.end_at, row.pack_after_wh
        if goes_on:
            end, level = instant(stops[0].end_s), stops[0].pack_after_wh
        elif row.state == StopState.WORKING:
            # Needed elsewhere: it may be unplugged at once.
            end = self.ground.now
        if abs(end - row.end_at) >= NOTICEABLE:
            row.end_at, row.pack_after_wh, row.revision = end, level, row.revision + 1
            self._changed.append(row)
            self._note([row], self.difference.moved)
        return stops[1:] if goes_on else stops

    def _route(self, unit_id: UUID, shift_id: UUID) -> Route:
        shift = next(shift for shift in self.ground.shifts[unit_id] if shift.id == shift_id)
        found: Route | None = getattr(shift, "route", None)
        if found is not None:
            return found
        area = self.ground.area
        route = Route(operator_id=area.operator_id, area=area, unit_id=unit_id, shift=shift)
        route.save(force_insert=True)
        return route

    def _last_position(self, route: Route) -> int:
        done = Stop.objects.of(_HOUSE).filter(route=route).exclude(state=StopState.PLANNED)
        return done.order_by("-position").values_list("position", flat=True).first() or 0

    def _place(self, route: Route, planned: PlanStop, position: int) -> None:
        row = self._match(route, planned)
        if row is None:
            row = Stop(operator_id=route.operator_id, kind=planned.kind, state=StopState.PLANNED)
            self._fill(row, route, planned, position)
            self._new.append(row)
            return
        del self._spare[row.id]
        was, before = _columns(row), (row.route_id, row.start_at, row.end_at)
        self._fill(row, route, planned, position)
        if _columns(row) == was:
            return
        self._changed.append(row)
        later, longer = abs(before[1] - row.start_at), abs(before[2] - row.end_at)
        if before[0] != row.route_id or max(later, longer) >= NOTICEABLE:
            row.revision += 1
            self._note([row], self.difference.moved)

    def _match(self, route: Route, planned: PlanStop) -> Stop | None:
        if planned.request is not None:
            return self._by_request.get(UUID(planned.request))
        for row in self._spare.values():
            same_route = row.route_id == route.id and row.kind == planned.kind
            if same_route and row.request_id is None and (planned.break_id or "") == row.break_id:
                return row
        return None

    def _fill(self, row: Stop, route: Route, planned: PlanStop, position: int) -> None:
        instant = self.ground.timeline.instant
        row.route, row.unit_id, row.position = route, route.unit_id, position
        row.depart_at, row.arrive_at = instant(planned.depart_s), instant(planned.arrive_s)
        row.start_at, row.end_at = instant(planned.start_s), instant(planned.end_s)
        row.energy_wh = planned.energy_wh
        row.pack_before_wh, row.pack_after_wh = planned.pack_before_wh, planned.pack_after_wh
        row.break_id = planned.break_id or ""
        row.request_id = None if planned.request is None else UUID(planned.request)
        row.plug_id = None if planned.plug is None else UUID(planned.plug)
        self._locate(row, planned)

    def _locate(self, row: Stop, planned: PlanStop) -> None:
        if planned.request is not None:
            request = next(item for item in self.ground.requests if str(item.id) == planned.request)
            row.lat, row.lon, row.depot_id = request.lat, request.lon, None
            row.setup_s, row.wrapup_s = request.setup_s, request.wrapup_s
            return
        plug = next((item for item in self.ground.plugs if str(item.id) == planned.plug), None)
        unit = next(item for item in self.ground.units if item.id == row.unit_id)
        depot = plug.depot if plug is not None else unit.home
        row.depot_id = None if planned.kind == "break" else depot.id
        coordinate = planned.place.partition("@")[0].split(",")
        row.lat, row.lon = float(coordinate[0]), float(coordinate[1])

    def _note(self, rows: Iterable[Stop], ids: list[str]) -> None:
        for row in rows:
            ids.append(str(row.id))
            self.difference.units.add(row.unit_id)
            if row.request_id is not None:
                self.difference.requests.add(row.request_id)


_FIELDS = [
    "route", "unit", "position", "revision", "lat", "lon", "depart_at", "arrive_at", "start_at", "end_at",
    "energy_wh", "pack_before_wh", "pack_after_wh", "setup_s", "wrapup_s", "request", "plug", "depot",
    "break_id",
]  # fmt: skip
_LINKS = {"route", "unit", "request", "plug", "depot"}
_ATTRIBUTES = [f"{name}_id" if name in _LINKS else name for name in _FIELDS]


def _columns(row: Stop) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in _ATTRIBUTES)


def _write_unserved(ground: Ground, plan: Plan, difference: Difference) -> None:
    """Keep on each request why nobody serves it, for as long as that is so."""
    reasons = {item.request: {"code": item.code, "detail": item.detail or ""} for item in plan.unserved}
    changed: list[ChargeRequest] = []
    for row in ground.requests:
        reason = reasons.get(str(row.id))
        if row.not_served != reason:
            row.not_served = reason
            changed.append(row)
            difference.requests.add(row.id)
    if changed:
        ChargeRequest.objects.of(_HOUSE).bulk_update(changed, ["not_served"])
