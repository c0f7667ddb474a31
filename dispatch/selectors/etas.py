"""Expected arrivals along a unit's route: from where it is, through every stop before.

Driving from the live position, what remains of the work under way, then travel and work as planned. How far
that may be off is learnt from what happened, or stated where nothing has been learnt yet.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from accounts.callers import Caller
from dispatch.models import ServiceArea, Stop, StopState, Unit
from dispatch.routing_bridge.ahead import Ahead, Way, read_ahead
from dispatch.routing_bridge.outlook import Foreseen, Outlooks, foresee
from dispatch.selectors.documents.common import EtaDocument
from dispatch.selectors.kept import Kept, Versions, as_text
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
        for one in foresee_units(units, now).list_each()
        if one.stop.request_id is not None
    }


def foresee_units(units: Iterable[UUID], now: datetime) -> Outlooks:
    """Look along these units' routes, each visit with what a model would go by; three queries."""
    wanted = set(units)
    rows = Stop.objects.of(_HOUSE).filter(unit__in=wanted).exclude(state__in=_OVER)
    ordered = rows.order_by("route__shift__starts_at", "position")
    routes: dict[UUID, list[Ahead]] = defaultdict(list)
    for stop in _stops.read(ordered.values_list(as_text("id"), Versions(*_MADE_OF))).values():
        routes[stop.unit_id].append(stop)
    means = Unit.objects.of(_HOUSE).filter(id__in=wanted)
    states = means.values_list("id", "mobility", "state__next_arrival_at", "state__fix_at")
    areas = ServiceArea.objects.of(_HOUSE).select_related("eta_state")
    grounds = areas.in_bulk({route[0].area_id for route in routes.values()})
    ways = [
        Way(grounds[route[0].area_id], mobility == Unit.Mobility.ON_SITE, next_arrival_at, fix_at, route)
        for unit_id, mobility, next_arrival_at, fix_at in states
        if (route := routes.get(unit_id))
    ]
    return foresee(ways, now)


def _make(keys: Collection[str]) -> dict[str, tuple[str, Ahead]]:
    rows = Stop.objects.of(_HOUSE).filter(id__in=keys).annotate(versions=Versions(*_MADE_OF))
    read = rows.select_related("request", "route").only(*_READ)
    return {str(stop.id): (stop.versions, read_ahead(stop, stop.route.area_id)) for stop in read}


# What is read of a visit to foresee it, and one field of each row that is looked at.
_READ = (
    "unit_id", "kind", "state", "depart_at", "arrive_at", "start_at", "end_at", "setup_s", "wrapup_s",
    "departed_at", "arrived_at", "worked_from", "flow_ends_at", "request__site_id", "route__area_id",
)  # fmt: skip
_MADE_OF = ("kind", "request__lat")
_stops: Kept[Ahead] = Kept(_make)


def build_expected(one: Foreseen, now: datetime) -> Expected:
    """Read what the engine foresees of a visit."""
    # What has happened is no expectation any more.
    arrival = one.stop.arrived_at or _later(now, one.arrival_s)
    return Expected(arrival, _later(now, one.ready_s), one.fix_at or now, spread_of(one, now))


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
    return now + timedelta(seconds=seconds)


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
    """Show an expectation as a range, in whole seconds: nothing is said to be earlier than it is expected."""
    spread = expected.spread or state_spread(expected, now)
    return {
        "arrival_p10": iso(_whole(spread.arrival_p10)),
        "arrival_p50": iso(_whole(spread.arrival_p50)),
        "arrival_p90": iso(_whole(spread.arrival_p90)),
        "ready_p50": iso(_whole(spread.ready_p50)),
        "ready_p90": iso(_whole(spread.ready_p90)),
        "at": iso(expected.as_of),
    }


def _whole(at: datetime) -> datetime:
    return at.replace(microsecond=0) + timedelta(seconds=at.microsecond > 0)
