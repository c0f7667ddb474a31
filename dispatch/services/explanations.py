"""Explain: what each unit could do for a request, for a dispatcher who wonders."""

from datetime import datetime
from uuid import UUID

from accounts.callers import Caller
from dispatch.errors import NotFound
from dispatch.models import ChargeRequest, Unit
from dispatch.routing_bridge.explaining import UnitReason, explain_request
from dispatch.selectors.documents.explanation import Explanation, UnitExplanation
from dispatch.selectors.render import iso_or_none


def get_explanation(caller: Caller, area_id: UUID, request_id: UUID, now: datetime) -> Explanation:
    """Explain one request; no units are listed for one that is under way or over."""
    request = ChargeRequest.objects.of(caller).filter(id=request_id, area=area_id).first()
    if request is None:
        raise NotFound
    reasons = explain_request(area_id, request_id, now) or []
    units = {unit.id: unit for unit in Unit.objects.of(caller).filter(area=area_id)}
    return {
        "request": str(request.id),
        "status": request.status,
        "not_served": request.not_served,
        "units": [_unit(units[reason.unit_id], reason) for reason in reasons if reason.unit_id in units],
    }


def _unit(unit: Unit, reason: UnitReason) -> UnitExplanation:
    return {
        "unit": {"id": str(unit.id), "name": unit.name, "kind": unit.kind},
        "serves": reason.serves,
        "arrival": iso_or_none(reason.arrival),
        "extra_milli": reason.extra_milli,
        "code": reason.code,
        "detail": reason.detail,
    }
