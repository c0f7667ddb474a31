"""An area as the rules see it: its rows as frozen values."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from dispatch.models import ChargeRequest, ChargingSession, Plug, Promise, ServiceArea, Stop, StopState, Unit
from dispatch.models.charger import FAULTED
from dispatch.routing_bridge.ahead import read_way
from dispatch.routing_bridge.opening import list_open
from dispatch.routing_bridge.outlook import foresee
from dispatch.selectors.etas import Spread, build_expected, state_spread
from dispatch.selectors.risks.reading import Rows, read_rows
from dispatch.selectors.risks.values import Ahead, Means, Outlet, Scene, Visit, Work
from dispatch.selectors.units import STALE, is_stale

_DAY = timedelta(days=1)


def read_scene(area: ServiceArea, looked_at: Collection[UUID], now: datetime, wall: datetime) -> Scene:
    """Read what risks of some units are found from, and of all drivers nobody comes to."""
    read = read_rows(area, looked_at)
    return Scene(
        now=now,
        visits=tuple(_list_visits(area, read, now)),
        works=tuple(_list_works(read)),
        means=tuple(_list_means(read, now, wall)),
        outlets=tuple(_list_outlets(read, now)),
    )


def _list_visits(area: ServiceArea, read: Rows, now: datetime) -> Iterator[Visit]:
    ways = [read_way(area, read.units[key], route) for key, route in read.routes.items()]
    by_id = {stop.id: stop for route in read.routes.values() for stop in route}
    reached: set[UUID] = set()
    for one in foresee(ways, now).list_each():
        stop = by_id[one.stop.id]
        assert stop.request is not None, "only visits are foreseen"
        reached.add(stop.request.id)
        if stop.arrived_at is None and stop.request.id in read.promises:
            expected = build_expected(one, now)
            spread = expected.spread or state_spread(expected, now)
            yield _visit(read, stop, spread, now)
    for request in read.requests.values():
        if request.id not in reached and request.id in read.promises:
            yield _unserved(request, read.promises[request.id])


def _unserved(row: ChargeRequest, promise: Promise) -> Visit:
    return Visit(row.id, row.urgency, _code(row), promise.arrival_p50, promise.arrival_p90)


def _visit(read: Rows, stop: Stop, spread: Spread, now: datetime) -> Visit:
    row = stop.request
    assert row is not None, "only visits are foreseen"
    promise = read.promises[row.id]
    doing, slip_s = _slip(read.routes[stop.unit_id][0], now)
    site = row.site
    hours = None if site is None else site.hours
    return Visit(
        request=row.id,
        urgency=row.urgency,
        not_served=_code(row),
        promised_p50=promise.arrival_p50,
        promised_p90=promise.arrival_p90,
        unit=stop.unit_id,
        stop=stop.id,
        p50=spread.arrival_p50,
        p90=spread.arrival_p90,
        ready=spread.ready_p50,
        doing=doing,
        slip_s=slip_s,
        has_hours=hours is not None,
        open_until=None
        if hours is None or site is None
        else _closes(hours, ZoneInfo(site.time_zone), spread.arrival_p50),
    )


def _code(row: ChargeRequest) -> str | None:
    return None if row.not_served is None else str(row.not_served.get("code", "")) or None


def _closes(hours: Sequence[Mapping[str, object]], zone: ZoneInfo, at: datetime) -> datetime | None:
    """Say when a place closes that is open at an instant."""
    spans = list_open(hours, zone, at - _DAY, at + _DAY)
    return next((closes for opens, closes in spans if opens <= at < closes), None)


def _slip(first: Stop, now: datetime) -> tuple[str, int]:
    """Say what a unit does now, and how far that lies behind its plan."""
    if first.state == StopState.PLANNED:
        return "wait", max(0, _seconds(now - first.depart_at))
    coming = first.unit.state.next_arrival_at
    if first.state == StopState.DISPATCHED:
        return "travel", _seconds(first.expected_arrival(now, coming) - first.arrive_at)
    return first.kind, _seconds(first.expected_end(now, coming) - first.end_at)


def _list_works(read: Rows) -> Iterator[Work]:
    for stops in read.routes.values():
        stop = stops[0] if stops else None
        if stop is None or stop.request_id is None or stop.arrived_at is None:
            continue
        session = read.sessions.get(stop.id)
        open_ = session is not None and session.ended_at is None
        promise = read.promises.get(stop.request_id)
        if promise is None:
            continue
        yield Work(
            stop=stop.id,
            request=stop.request_id,
            unit=stop.unit_id,
            arrived_at=stop.arrived_at,
            setup_s=stop.setup_s,
            promised_ready=promise.ready_p90,
            has_flowed=session is not None and _has_flowed(session),
            state=session.state if session is not None and open_ else "",
            drawn_at=None if session is None else getattr(session, "drawn_at", None) or session.started_at,
        )


def _has_flowed(session: ChargingSession) -> bool:
    charging = session.state == ChargingSession.State.CHARGING and session.ended_at is None
    return charging or session.energy_wh > 0


def _list_means(read: Rows, now: datetime, wall: datetime) -> Iterator[Means]:
    for unit in read.units.values():
        if unit.state.activity == unit.state.Activity.OFF_DUTY:
            continue
        stops = read.routes.get(unit.id, [])
        box = getattr(unit.charger, "state", None)
        silent = is_stale(unit.state, wall) and unit.state.seen_at is not None
        yield Means(
            unit=unit.id,
            pack_wh=unit.state.pack_wh,
            reserve_wh=unit.pack.reserve_wh,
            ahead=tuple(_ahead(stops)),
            silent_since=(unit.state.fix_at or now - STALE) if silent else None,
            fault_since=box.status_at or now if box is not None and box.status == FAULTED else None,
            owed_wh=_owed_wh(unit, stops, read.sessions),
        )


def _ahead(stops: Iterable[Stop]) -> Iterator[Ahead]:
    for stop in stops:
        yield Ahead(
            stop.id,
            stop.kind,
            stop.state,
            stop.request_id,
            stop.plug_id,
            stop.start_at,
            stop.end_at,
            stop.pack_before_wh,
            stop.pack_after_wh,
        )


def _owed_wh(unit: Unit, stops: Sequence[Stop], sessions: Mapping[UUID, ChargingSession]) -> int:
    """Say what the pack will still give at the visit that is worked on."""
    if not stops or stops[0].state != StopState.WORKING or stops[0].kind != Stop.Kind.SERVE:
        return 0
    session = sessions.get(stops[0].id)
    given_wh = 0 if session is None else session.energy_wh
    return round(max(0, stops[0].energy_wh - given_wh) * 100 / unit.charger.efficiency_pct)


def _list_outlets(read: Rows, now: datetime) -> Iterator[Outlet]:
    uses: dict[UUID, list[tuple[UUID, UUID, datetime, datetime]]] = defaultdict(list)
    for stop in read.recharges:
        assert stop.plug_id is not None, "a recharge has a plug: the database holds it"
        span = (stop.start_at, stop.end_at)
        if stop.is_under_way:
            coming = stop.unit.state.next_arrival_at
            span = (stop.expected_arrival(now, coming), stop.expected_end(now, coming))
        uses[stop.plug_id].append((stop.unit_id, stop.id, *span))
    for plug in read.plugs:
        wanted = tuple(sorted(uses[plug.id], key=lambda use: use[2]))
        yield Outlet(plug.id, plug.state == Plug.State.AVAILABLE, wanted)


def _seconds(span: timedelta) -> int:
    return round(span.total_seconds())
