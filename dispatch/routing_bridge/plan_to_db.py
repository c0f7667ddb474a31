"""A Plan becomes rows, as a difference: stops keep their ids, and only what moved is written.

`build_changes` compares and is done without a lock; `write_changes` needs a handful of statements.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from accounts.callers import Caller
from dispatch.models import ChargeRequest, Lock, Route, Stop, StopState
from dispatch.routing_bridge.demand import Demand
from dispatch.routing_bridge.differences import Comparison, StopChange, note_stops
from dispatch.routing_bridge.ground import Ground
from routing.model.plan import Plan
from routing.model.plan import Route as PlanRoute
from routing.model.plan import Stop as PlanStop

# A shift of less than this is the same stop to a person looking at it.
NOTICEABLE = timedelta(seconds=60)
_HOUSE = Caller.system()
_FIELDS = [
    "route", "unit", "position", "revision", "lat", "lon", "depart_at", "arrive_at", "start_at", "end_at",
    "energy_wh", "pack_before_wh", "pack_after_wh", "setup_s", "wrapup_s", "request", "plug", "depot",
    "break_id",
]  # fmt: skip
_LINKS = {"route", "unit", "request", "plug", "depot"}
_COLUMNS = [f"{name}_id" if name in _LINKS else name for name in _FIELDS]


@dataclass(slots=True)
class Changes:
    """What is to be written, and what of it people see.

    `ordered`: units with stops in another order, or one that is another unit's now; with what is new or
    gone, these do something else. All others do the same at another time.
    """

    routes: list[Route] = field(default_factory=list)
    gone: list[Stop] = field(default_factory=list)
    moved: list[Stop] = field(default_factory=list)
    new: list[Stop] = field(default_factory=list)
    unlocked: list[UUID] = field(default_factory=list)
    reasons: dict[UUID, Any] = field(default_factory=dict)
    seen: list[Stop] = field(default_factory=list)
    stops: list[StopChange] = field(default_factory=list)
    ordered: set[UUID] = field(default_factory=set)
    units: set[UUID] = field(default_factory=set)
    requests: set[UUID] = field(default_factory=set)

    @property
    def is_noticeable(self) -> bool:
        """Say whether anybody would see a difference; what nobody sees is not worth a version."""
        return bool(self.new or self.gone or self.seen or self.reasons)

    @property
    def decided(self) -> set[UUID]:
        """The units that do something else than before."""
        return self.ordered | {row.unit_id for rows in (self.new, self.gone) for row in rows}

    def with_own(self, unit_id: UUID, own: "Changes") -> "Changes":
        """Return these, with a unit's own in place of what only changes its times."""
        return Changes(
            routes=[row for row in self.routes if row.unit_id != unit_id] + own.routes,
            gone=self.gone + own.gone,
            moved=[row for row in self.moved if row.unit_id != unit_id] + own.moved,
            new=self.new + own.new,
            unlocked=self.unlocked + own.unlocked,
            reasons=self.reasons | own.reasons,
            seen=[row for row in self.seen if row.unit_id != unit_id] + own.seen,
            stops=[change for change in self.stops if change.unit_id != unit_id] + own.stops,
            ordered=self.ordered | own.ordered,
            units=(self.units - {unit_id}) | own.units,
            requests=self.requests | own.requests,
        )

    def note(self, rows: Iterable[Stop]) -> None:
        for row in rows:
            self.units.add(row.unit_id)
            if row.request_id is not None:
                self.requests.add(row.request_id)

    def to_json(self) -> dict[str, list[Any]]:
        """Name the stops, and say of each why, for the plan's history."""
        named = {"added": self.new, "moved": self.seen, "removed": self.gone}
        ids = {name: [str(row.id) for row in rows] for name, rows in named.items()}
        return {**ids, "stops": [change.to_json() for change in self.stops]}

    @property
    def visits(self) -> dict[UUID, str]:
        """Say why the visit of each request that stood before, and still stands, has changed."""
        return {
            change.request_id: change.why
            for change in self.stops
            if change.request_id is not None and change.what in {"moved", "handed_over"}
        }


def build_changes(
    ground: Ground, plan: Plan, asked: Demand | None = None, by_hand: UUID | None = None
) -> Changes:
    """Compare a plan with the rows; `asked` has none yet, and `by_hand` a dispatcher has moved."""
    matcher = _Matcher(ground, asked, by_hand)
    for route in plan.routes:
        matcher.take(route)
    changes = matcher.finish()
    reasons: dict[UUID, object] = {
        UUID(item.request): {"code": item.code, "detail": item.detail or ""} for item in plan.unserved
    }
    for key, was in ground.not_served.items():
        if reasons.get(key) != was:
            changes.reasons[key] = reasons.get(key)
            changes.requests.add(key)
    return changes


def write_changes(changes: Changes) -> None:
    """Remove what is planned no more, then move, then add: a request has one live stop."""
    if changes.routes:
        Route.objects.bulk_create(changes.routes)
    if changes.gone:
        Stop.objects.of(_HOUSE).filter(id__in=[row.id for row in changes.gone]).delete()
    if changes.unlocked:
        Lock.objects.of(_HOUSE).filter(stop__in=changes.unlocked).delete()
    if changes.moved or changes.new:
        # One statement however many rows; `bulk_update` would write a CASE per row and column.
        rows = [*changes.moved, *changes.new]
        Stop.objects.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=_FIELDS)
    for key, reason in changes.reasons.items():
        ChargeRequest.objects.of(_HOUSE).filter(id=key).update(not_served=reason)


class _Matcher:
    """Matches the plan's stops with the rows that stand."""

    def __init__(self, ground: Ground, asked: Demand | None, by_hand: UUID | None) -> None:
        self.ground, self._by_hand = ground, by_hand
        self._demands = ground.demands if asked is None else {**ground.demands, asked.id: asked}
        self.changes = Changes()
        self._units = {unit.id: unit for unit in ground.units}
        self._shifts = {shift.id: shift for row in ground.shifts.values() for shift in row}
        self._rows = {row.id: row for rows in ground.planned.values() for row in rows}
        self._before = note_stops(self._rows.values(), ground.positions)
        self._spare = dict(self._rows)
        self._by_request = {row.request_id: row for row in self._spare.values() if row.request_id}

    def take(self, planned: PlanRoute) -> None:
        """Match one route; its first stop may be the recharge that is under way already."""
        unit_id, shift_id = UUID(planned.unit), UUID(planned.shift)
        stops = list(planned.stops)
        under_way = self.ground.under_way.get(unit_id)
        if under_way is not None and under_way.route.shift_id == shift_id:
            stops = self._without_under_way(under_way, stops)
        route = self._route(unit_id, shift_id)
        position = last = self.ground.positions.get(route.id, 0)
        for stop in stops:
            position += 1
            last = self._place(route, stop, position, last)

    def finish(self) -> Changes:
        """Return what is to be written; planned stops that nothing matched are gone."""
        self.changes.gone = list(self._spare.values())
        for rows in (self.changes.gone, self.changes.new, self.changes.seen):
            self.changes.note(rows)
        self.changes.stops = self._explain()
        # Every row that is written is told to its unit's screens, seconds nobody notices included.
        self.changes.units.update(row.unit_id for row in self.changes.moved)
        self.changes.units |= self.changes.ordered
        return self.changes

    def _explain(self) -> list[StopChange]:
        rows = {**self._rows, **{row.id: row for row in self.changes.new}}
        comparison = Comparison(
            before=self._before,
            after=note_stops((row for key, row in rows.items() if key not in self._spare), {}),
            rows=rows,
            working=frozenset(self._units),
            asked=frozenset(self._demands),
            by_hand=self._by_hand,
        )
        seen = (row for row in self.changes.seen if row.id in self._before)
        return comparison.explain(self.changes.new, seen, self.changes.gone)

    def _without_under_way(self, row: Stop, stops: list[PlanStop]) -> list[PlanStop]:
        if row.kind != Stop.Kind.RECHARGE:
            return stops
        goes_on = bool(stops) and stops[0].kind == "recharge" and stops[0].plug == str(row.plug_id)
        end, level = row.end_at, row.pack_after_wh
        if goes_on:
            end, level = self.ground.timeline.instant(stops[0].end_s), stops[0].pack_after_wh
        elif row.state == StopState.WORKING:
            # Needed elsewhere: it may be unplugged at once.
            end = max(self.ground.now, row.start_at)
        if abs(end - row.end_at) >= NOTICEABLE:
            row.end_at, row.pack_after_wh, row.revision = end, level, row.revision + 1
            self.changes.moved.append(row)
            self.changes.seen.append(row)
        return stops[1:] if goes_on else stops

    def _route(self, unit_id: UUID, shift_id: UUID) -> Route:
        shift = self._shifts[shift_id]
        found: Route | None = getattr(shift, "route", None)
        if found is not None:
            return found
        area = self.ground.area
        route = Route(operator_id=area.operator_id, area=area, unit_id=unit_id, shift=shift)
        self.changes.routes.append(route)
        return route

    def _place(self, route: Route, planned: PlanStop, position: int, last: int) -> int:
        """Write a stop's row, at this position, after the row whose old position is `last`."""
        row = self._match(route, planned)
        if row is None:
            row = Stop(operator_id=route.operator_id, kind=planned.kind, state=StopState.PLANNED)
            self._fill(row, route, planned, position)
            self.changes.new.append(row)
            return last
        del self._spare[row.id]
        before, was = row.position, _columns(row)
        old = (row.unit_id, row.route_id, row.plug_id, row.start_at, row.end_at)
        self._fill(row, route, planned, position)
        if _columns(row) == was:
            return before
        self.changes.moved.append(row)
        if old[0] != row.unit_id and any(lock.what != "time" for lock in self.ground.locks.get(row.id, ())):
            # Its unit is out of service, or it could not have moved: what was told holds no more.
            self.changes.unlocked.append(row.id)
        later, longer = abs(old[3] - row.start_at), abs(old[4] - row.end_at)
        elsewhere = old[:3] != (row.unit_id, row.route_id, row.plug_id)
        if elsewhere or before < last:
            self.changes.ordered |= {old[0], row.unit_id}
        if elsewhere or before < last or max(later, longer) >= NOTICEABLE:
            row.revision += 1
            self.changes.seen.append(row)
        return before

    def _match(self, route: Route, planned: PlanStop) -> Stop | None:
        """Find the row of a stop: of its request, else of its kind on this route, best at the same plug."""
        if planned.request is not None:
            return self._by_request.get(UUID(planned.request))
        alike = [
            row
            for row in self._spare.values()
            if row.route_id == route.id
            and row.kind == planned.kind
            and row.break_id == (planned.break_id or "")
        ]
        same = (row for row in alike if str(row.plug_id) == planned.plug)
        return next(same, alike[0] if alike else None)

    def _fill(self, row: Stop, route: Route, planned: PlanStop, position: int) -> None:
        instant = self.ground.timeline.instant
        row.route, row.unit_id, row.position = route, route.unit_id, position
        row.depart_at, row.arrive_at = instant(planned.depart_s), instant(planned.arrive_s)
        row.start_at, row.end_at = instant(planned.start_s), instant(planned.end_s)
        row.energy_wh = planned.energy_wh
        # A pack that will not last the way home is planned home all the same; a row holds no less than none.
        row.pack_before_wh, row.pack_after_wh = max(0, planned.pack_before_wh), max(0, planned.pack_after_wh)
        row.break_id = planned.break_id or ""
        row.request_id = None if planned.request is None else UUID(planned.request)
        row.plug_id = None if planned.plug is None else UUID(planned.plug)
        self._locate(row, planned)

    def _locate(self, row: Stop, planned: PlanStop) -> None:
        if row.request_id is not None:
            demand = self._demands[row.request_id]
            row.lat, row.lon, row.depot_id = demand.spot.lat, demand.spot.lon, None
            row.setup_s, row.wrapup_s = demand.setup_s, demand.wrapup_s
            return
        plug = None if row.plug_id is None else self.ground.plugs[row.plug_id]
        home = self._units[row.unit_id].home
        depot = home if plug is None else plug.depot
        row.depot_id = None if planned.kind == "break" else depot.id
        coordinate = planned.place.partition("@")[0].split(",")
        row.lat, row.lon = float(coordinate[0]), float(coordinate[1])


def _columns(row: Stop) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in _COLUMNS)
