"""The request object, for the driver's page and its stream alike."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q, Subquery

from accounts.callers import Caller
from dispatch.models import ChargeRequest, ChargingSession, Promise, Status, Stop, Unit, UnitState
from dispatch.models.money import build_price
from dispatch.selectors.documents.common import Instant, Price, PromiseDocument
from dispatch.selectors.documents.request import ComingUnit, RequestDocument, SessionDocument
from dispatch.selectors.etas import Expected, eta_document, expect_requests
from dispatch.selectors.pins import pin_of
from dispatch.selectors.render import iso, iso_or_none, kilo
from dispatch.selectors.units import position_document

TOLD = (Status.ASSIGNED, Status.EN_ROUTE, Status.ON_SITE, Status.CHARGING, Status.COMPLETED)
_HOUSE = Caller.system()


def get_request_document(request_id: UUID, now: datetime) -> RequestDocument:
    """Return one request as its driver sees it."""
    return list_request_documents([request_id], now)[0]


def list_request_documents(ids: Iterable[UUID], now: datetime) -> list[RequestDocument]:
    """List requests as their drivers see them, in the order asked for; queries do not grow with them."""
    wanted = list(ids)
    rows = (
        ChargeRequest.objects.of(_HOUSE)
        .filter(id__in=wanted)
        .select_related("vehicle", "site", "tariff", "area")
        .prefetch_related("promises", "sessions")
    )
    found = {row.id: row for row in rows}
    stops = _stops_by_request(found)
    expected = expect_requests((stop.unit_id for key, stop in stops.items() if found[key].is_open), now)
    return [_document(found[key], stops.get(key), expected.get(key), now) for key in wanted if key in found]


def find_owned(asked: Sequence[tuple[Caller, UUID]]) -> list[tuple[UUID, UUID] | None]:
    """Find of each request whose it is and of which area, if the caller is its driver; one query for all."""
    rows = ChargeRequest.objects.of(_HOUSE).filter(id__in={key for _, key in asked})
    found = {row[0]: row[1:] for row in rows.values_list("id", "person_id", "operator_id", "area_id")}
    owned: list[tuple[UUID, UUID] | None] = []
    for caller, key in asked:
        person_id, operator_id, area_id = found.get(key, (None, None, None))
        is_own = caller.person_id is not None and caller.person_id == person_id
        owned.append((operator_id, area_id) if is_own and operator_id and area_id else None)
    return owned


def list_own_requests(caller: Caller, person_id: UUID, before: UUID | None, count: int) -> list[UUID]:
    """List a person's requests, the newest first; `before` is the last one that was shown already."""
    rows = ChargeRequest.objects.of(caller).filter(person_id=person_id)
    if before is not None:
        shown = rows.filter(id=before).values("created_at")
        same_instant = Q(created_at=Subquery(shown), id__lt=before)
        rows = rows.filter(Q(created_at__lt=Subquery(shown)) | same_instant)
    return list(rows.order_by("-created_at", "-id").values_list("id", flat=True)[:count])


def _stops_by_request(found: dict[UUID, ChargeRequest]) -> dict[UUID, Stop]:
    rows = Stop.objects.of(_HOUSE).filter(request__in=found).exclude(state__in=["failed", "skipped"])
    joined = rows.select_related("unit__state", "unit__pack", "unit__charger").order_by("done_at", "position")
    return {stop.request_id: stop for stop in joined if stop.request_id is not None}


def _document(
    row: ChargeRequest, stop: Stop | None, expected: Expected | None, now: datetime
) -> RequestDocument:
    session = _last_session(row)
    return {
        "id": str(row.id),
        "status": row.status,
        "version": row.version,
        "vehicle": {
            "id": str(row.vehicle_id),
            "name": row.vehicle.name,
            "plate": row.vehicle.plate,
            "model": row.vehicle.model,
            "usable_kwh": kilo(row.vehicle.usable_wh),
        },
        "location": {"lat": row.lat, "lon": row.lon},
        "site": None if row.site is None else {"id": str(row.site.id), "name": row.site.name},
        "place_text": row.place_text,
        "urgency": row.urgency,
        "energy_kwh": kilo(row.energy_wh),
        "soc_from": row.soc_from,
        "soc_after": row.soc_after,
        "window": {"earliest": iso(row.earliest), "latest": iso(row.latest)},
        "promise": promise_document(list(row.promises.all())[-1]),
        "eta": None if expected is None else eta_document(expected, now),
        "unit": None if stop is None or row.status not in TOLD else _coming_unit(stop.unit, row.status),
        "session": None if session is None else _session_document(session, row, stop, now),
        "price": row.price,
        "cancel_price": cancel_price(row),
        # Said at the car where no plate is to be read; of no use before somebody comes, or after.
        "pin": pin_of(row.id) if row.status in (Status.EN_ROUTE, Status.ON_SITE) else None,
        "stage_at": row.stage_at,
        "cause": row.cause,
        "not_served": row.not_served,
        "created_at": iso(row.created_at),
    }


def promise_document(promise: Promise) -> PromiseDocument:
    """Show what the driver was told last."""
    return {
        "arrival_p50": iso(promise.arrival_p50),
        "arrival_p90": iso(promise.arrival_p90),
        "ready_p90": iso(promise.ready_p90),
        "version": promise.version,
        "reason": promise.reason,
        "credit_minor": promise.credit_minor,
    }


def _coming_unit(unit: Unit, status: str) -> ComingUnit:
    state: UnitState = unit.state
    return {
        "id": str(unit.id),
        "name": unit.name,
        "kind": unit.kind,
        "plate": unit.plate,
        # A driver sees where a unit is only while it comes to them.
        "position": position_document(state) if status == Status.EN_ROUTE else None,
        "soc": round(state.pack_wh / unit.pack.usable_wh, 3),
    }


def _last_session(row: ChargeRequest) -> ChargingSession | None:
    return max(row.sessions.all(), key=lambda session: session.started_at, default=None)


def _session_document(
    session: ChargingSession, row: ChargeRequest, stop: Stop | None, now: datetime
) -> SessionDocument:
    expected_end: Instant | None = None
    if session.ended_at is None and stop is not None:
        expected_end = iso(stop.expected_end(now, None))
    return {
        "state": session.state,
        "started_at": iso(session.started_at),
        "ended_at": iso_or_none(session.ended_at),
        "energy_wh": session.energy_wh,
        "soc_start": session.soc_start,
        # What nobody has read is not shown as read: the page reckons, and says so.
        "soc": session.soc_end,
        "power_w": session.power_w if session.ended_at is None else None,
        "expected_end": expected_end,
    }


def cancel_price(row: ChargeRequest) -> Price | None:
    """Say what cancelling costs now; None when it is too late to cancel."""
    if row.status in (Status.BOOKED, Status.ASSIGNED):
        return build_price(row.area.currency, row.area.vat_bp, [])
    if row.status in (Status.EN_ROUTE, Status.ON_SITE):
        fee = [("cancel", "Cancelled after the unit set out", row.tariff.cancel_minor)]
        return build_price(row.area.currency, row.area.vat_bp, fee)
    return None
