"""Explain: what each unit could do for a request, for a dispatcher who wonders."""

from datetime import datetime
from uuid import UUID

from accounts.callers import Caller
from dispatch.errors import NotFound
from dispatch.models import ChargeRequest, Unit
from dispatch.routing_bridge.explaining import Reasons, Smaller, UnitReason, explain_request
from dispatch.selectors.documents.explanation import Explanation, RelaxationView, UnitExplanation
from dispatch.selectors.margins import p90_margin
from dispatch.selectors.render import iso, iso_or_none, kilo
from dispatch.selectors.visit_changes import list_visit_changes


def get_explanation(caller: Caller, area_id: UUID, request_id: UUID, now: datetime) -> Explanation:
    """Explain one request; no units are listed for one that is under way or over."""
    request = ChargeRequest.objects.of(caller).filter(id=request_id, area=area_id).first()
    if request is None:
        raise NotFound
    reasons = explain_request(area_id, request_id, now) or Reasons([], [])
    units = {unit.id: unit for unit in Unit.objects.of(caller).filter(area=area_id)}
    return {
        "request": str(request.id),
        "status": request.status,
        "not_served": request.not_served,
        "units": [
            _unit(units[reason.unit_id], reason) for reason in reasons.units if reason.unit_id in units
        ],
        "relaxations": [_relaxation(item, now) for item in reasons.relaxations],
        "changes": list_visit_changes(caller, area_id, request_id),
    }


def _unit(unit: Unit, reason: UnitReason) -> UnitExplanation:
    return {
        "unit": {"id": str(unit.id), "name": unit.name, "kind": unit.kind},
        "serves": reason.serves,
        "arrival": iso_or_none(reason.arrival),
        "extra_milli": reason.extra_milli,
        "code": reason.code,
        "detail": reason.detail,
        "rule": reason.rule,
        "amount": reason.amount,
        "measure": reason.measure,
    }


def _relaxation(item: Smaller, now: datetime) -> RelaxationView:
    return {
        "kind": item.kind,
        "amount": item.amount,
        "unit": str(item.unit_id),
        "arrival": iso(item.arrival),
        "arrival_p90": iso(item.arrival + p90_margin(item.arrival - now)),
        "ready": iso(item.ready),
        "energy_kwh": kilo(item.energy_wh),
        "cost_milli": item.milli,
    }
