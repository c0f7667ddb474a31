"""The rows that risks are found from: of the units that are looked at, and of drivers nobody comes to.

Things that many rows share are read once and linked by hand: joined, they would be made anew for each.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Subquery

from accounts.callers import Caller
from dispatch.models import (
    LIVE,
    OPEN,
    ChargeRequest,
    ChargingSession,
    MeterReading,
    Plug,
    Promise,
    ServiceArea,
    Stop,
    StopState,
    Unit,
)

_HOUSE = Caller.system()
_ASKED = ("operator", "urgency", "not_served", "site", "site__hours", "site__time_zone")


@dataclass(slots=True)
class Rows:
    """What was read, linked to each other; `recharges` are those that may get in each other's way."""

    units: dict[UUID, Unit]
    requests: dict[UUID, ChargeRequest]
    promises: dict[UUID, Promise]
    routes: dict[UUID, list[Stop]]
    sessions: dict[UUID, ChargingSession]
    plugs: list[Plug]
    recharges: list[Stop]


def read_rows(area: ServiceArea, looked_at: Collection[UUID]) -> Rows:
    """Read them."""
    rows = Unit.objects.of(_HOUSE).filter(id__in=looked_at, area=area, in_service=True)
    units = {unit.id: unit for unit in rows.select_related("state", "pack", "charger__state")}
    stops = Stop.objects.of(_HOUSE).filter(unit__in=units, state__in=LIVE)
    asked = ChargeRequest.objects.of(_HOUSE).filter(area=area, status__in=OPEN)
    coming = Stop.objects.of(_HOUSE).filter(request=OuterRef("id"), state__in=LIVE)
    wanted = asked.filter(Q(id__in=stops.values("request")) | ~Exists(coming))
    requests = {row.id: row for row in wanted.select_related("site").only(*_ASKED)}
    told = Promise.objects.of(_HOUSE).filter(request__in=requests)
    promises = {row.request_id: row for row in told.order_by("request", "-version").distinct("request")}
    return Rows(
        units,
        requests,
        promises,
        _read_routes(area, units, requests),
        _read_sessions(units),
        list(Plug.objects.of(_HOUSE).filter(depot__area=area).order_by("id")),
        _read_recharges(area),
    )


def _read_routes(
    area: ServiceArea, units: Mapping[UUID, Unit], requests: Mapping[UUID, ChargeRequest]
) -> dict[UUID, list[Stop]]:
    routes: dict[UUID, list[Stop]] = defaultdict(list)
    rows = Stop.objects.of(_HOUSE).filter(unit__in=units, state__in=LIVE).select_related("route")
    for stop in rows.order_by("route__shift__starts_at", "position"):
        stop.route.area, stop.unit = area, units[stop.unit_id]
        if stop.request_id is not None:
            if stop.request_id not in requests:
                continue
            stop.request = requests[stop.request_id]
        routes[stop.unit_id].append(stop)
    return routes


def _read_sessions(units: Collection[UUID]) -> dict[UUID, ChargingSession]:
    """Read the latest session of each stop at which a unit is, with when energy flowed last."""
    drawn = MeterReading.objects.of(_HOUSE).filter(session=OuterRef("id"), power_w__gt=0).order_by("-at")
    rows = ChargingSession.objects.of(_HOUSE).filter(
        stop__unit__in=units, stop__state__in=(StopState.ARRIVED, StopState.WORKING)
    )
    found = rows.annotate(drawn_at=Subquery(drawn.values("at")[:1])).order_by("started_at")
    return {session.stop_id: session for session in found if session.stop_id is not None}


def _read_recharges(area: ServiceArea) -> list[Stop]:
    """Read who wants a plug that another wants, too, or that is out of service."""
    live = Stop.objects.of(_HOUSE).filter(kind=Stop.Kind.RECHARGE, state__in=LIVE)
    others = live.filter(plug=OuterRef("plug")).exclude(unit=OuterRef("unit"))
    wanted = live.filter(Exists(others) | ~Q(plug__state=Plug.State.AVAILABLE), unit__area=area)
    return list(wanted.select_related("unit__state"))
