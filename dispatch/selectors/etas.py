"""Expected arrivals along a unit's route: from where it is, through every stop before.

Driving from the live position, what remains of the work under way, then travel and work as planned.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.callers import Caller
from dispatch.models import Stop, StopState, UnitState
from dispatch.selectors.documents.common import EtaDocument
from dispatch.selectors.margins import p10_margin, p90_margin
from dispatch.selectors.render import iso

_OVER = (StopState.DONE, StopState.FAILED, StopState.SKIPPED)


@dataclass(frozen=True, slots=True)
class Expected:
    """When a unit is expected at a stop and when it has done its work; `as_of`: how old that knowledge is."""

    arrival: datetime
    ready: datetime
    as_of: datetime


def expect_requests(units: Iterable[UUID], now: datetime) -> dict[UUID, Expected]:
    """Say for each request on these units' routes when its unit is expected; one query, however many."""
    rows = Stop.objects.of(Caller.system()).filter(unit__in=set(units)).exclude(state__in=_OVER)
    routes: dict[UUID, list[Stop]] = defaultdict(list)
    for stop in rows.select_related("unit__state").order_by("route__shift__starts_at", "position"):
        routes[stop.unit_id].append(stop)
    found: dict[UUID, Expected] = {}
    for route in routes.values():
        expected = expect_route(route, route[0].unit.state, now)
        found |= {stop.request_id: expected[stop.id] for stop in route if stop.request_id is not None}
    return found


def expect_route(stops: Iterable[Stop], state: UnitState, now: datetime) -> dict[object, Expected]:
    """Walk a route's open stops in order; keys are stop ids."""
    free, as_of = now, state.fix_at or now
    expected: dict[object, Expected] = {}
    for stop in stops:
        if stop.is_under_way:
            arrival = stop.expected_arrival(now, state.next_arrival_at)
            free = stop.expected_end(now, state.next_arrival_at)
        elif stop.state == StopState.PLANNED:
            departure = max(free, stop.depart_at)
            waited = stop.start_at - stop.arrive_at
            arrival = max(
                departure + (stop.arrive_at - stop.depart_at), stop.start_at if waited else departure
            )
            free = arrival + (stop.end_at - stop.start_at)
        else:
            continue
        expected[stop.id] = Expected(arrival, free, as_of)
    return expected


def eta_document(expected: Expected, now: datetime) -> EtaDocument:
    """Show an expectation as a range."""
    lead = expected.arrival - now
    return {
        "arrival_p10": iso(expected.arrival - p10_margin(lead)),
        "arrival_p50": iso(expected.arrival),
        "arrival_p90": iso(expected.arrival + p90_margin(lead)),
        "ready_p50": iso(expected.ready),
        "ready_p90": iso(expected.ready + p90_margin(expected.ready - now)),
        "at": iso(expected.as_of),
    }
