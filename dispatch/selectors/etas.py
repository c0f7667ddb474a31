"""Expected arrivals along a unit's route: from where it is, through every stop before.

Driving from the live position, what remains of the work under way, then travel and work as planned. How far
that may be off is learnt from what happened, or stated where nothing has been learnt yet.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from accounts.callers import Caller
from dispatch.models import ServiceArea, Stop, StopState, Unit
from dispatch.routing_bridge.outlook import Foreseen, foresee
from dispatch.selectors.documents.common import EtaDocument
from dispatch.selectors.margins import p10_margin, p90_margin
from dispatch.selectors.render import iso

_OVER = (StopState.DONE, StopState.FAILED, StopState.SKIPPED)
_HOUSE = Caller.system()


@dataclass(frozen=True, slots=True)
class Expected:
    """When a unit is expected at a stop and when it has done its work; `as_of`: how old that knowledge is."""

    arrival: datetime
    ready: datetime
    as_of: datetime
    spread: "Spread | None" = None


@dataclass(frozen=True, slots=True)
class Spread:
    """How far that may be off, as learnt: what is shown in place of the stated margin."""

    arrival_p10: datetime
    arrival_p50: datetime
    arrival_p90: datetime
    ready_p50: datetime
    ready_p90: datetime


def expect_requests(units: Iterable[UUID], now: datetime) -> dict[UUID, Expected]:
    """Say for each request on these units' routes when its unit is expected; few queries, however many."""
    return {
        one.stop.request_id: build_expected(one, now)
        for one in foresee_units(units, now)
        if one.stop.request_id is not None
    }


# What is read of a visit to foresee it: of thousands a second nothing more is made into objects.
_READ = (
    "unit_id", "kind", "state", "depart_at", "arrive_at", "start_at", "end_at", "setup_s", "wrapup_s",
    "departed_at", "arrived_at", "worked_from", "flow_ends_at", "request__site_id", "route__area_id",
)  # fmt: skip


def foresee_units(units: Iterable[UUID], now: datetime) -> list[Foreseen]:
    """Look along these units' routes, each visit with what a model would go by; three queries."""
    rows = Stop.objects.of(_HOUSE).filter(unit__in=set(units)).exclude(state__in=_OVER)
    ordered = rows.order_by("route__shift__starts_at", "position")
    stops = list(ordered.select_related("request", "route").only(*_READ))
    means = Unit.objects.of(_HOUSE).select_related("state").in_bulk({stop.unit_id for stop in stops})
    areas = ServiceArea.objects.of(_HOUSE).select_related("eta_state")
    grounds = areas.in_bulk({stop.route.area_id for stop in stops})
    routes: dict[UUID, list[Stop]] = defaultdict(list)
    for stop in stops:
        # Each unit and each area once, however many visits they have.
        stop.unit, stop.route.area = means[stop.unit_id], grounds[stop.route.area_id]
        routes[stop.unit_id].append(stop)
    return foresee(((route, route[0].unit.state) for route in routes.values()), now)


def build_expected(one: Foreseen, now: datetime) -> Expected:
    """Read what the engine foresees of a visit."""
    stop = one.stop
    # What has happened is no expectation any more.
    arrival = stop.arrived_at or _later(now, one.arrival_s)
    as_of = stop.unit.state.fix_at or now
    return Expected(arrival, _later(now, one.ready_s), as_of, spread_of(one, now))


def spread_of(one: Foreseen, now: datetime) -> Spread | None:
    """Say how far an expectation may be off; None where the stated margin stands."""
    found, there = one.range, one.stop.arrived_at
    if found is None:
        return None
    return Spread(
        arrival_p10=there or _later(now, found.arrival_p10_s),
        arrival_p50=there or _later(now, found.arrival_p50_s),
        arrival_p90=there or _later(now, found.arrival_p90_s),
        ready_p50=_later(now, found.ready_p50_s),
        ready_p90=_later(now, found.ready_p90_s),
    )


def _later(now: datetime, seconds: float) -> datetime:
    return now + timedelta(seconds=round(seconds, 3))


def state_spread(expected: Expected, now: datetime) -> Spread:
    """State a margin where nothing has been learnt."""
    lead = expected.arrival - now
    return Spread(
        arrival_p10=expected.arrival - p10_margin(lead),
        arrival_p50=expected.arrival,
        arrival_p90=expected.arrival + p90_margin(lead),
        ready_p50=expected.ready,
        ready_p90=expected.ready + p90_margin(expected.ready - now),
    )


def eta_document(expected: Expected, now: datetime) -> EtaDocument:
    """Show an expectation as a range."""
    spread = expected.spread or state_spread(expected, now)
    return {
        "arrival_p10": iso(spread.arrival_p10),
        "arrival_p50": iso(spread.arrival_p50),
        "arrival_p90": iso(spread.arrival_p90),
        "ready_p50": iso(spread.ready_p50),
        "ready_p90": iso(spread.ready_p90),
        "at": iso(expected.as_of),
    }
