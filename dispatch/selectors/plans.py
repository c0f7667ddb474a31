"""Published plans, from their documents."""

from typing import Any
from uuid import UUID

from accounts.callers import Caller
from dispatch.models import Plan
from dispatch.selectors.documents.board import PlanDocument
from dispatch.selectors.render import iso


def get_plan_document(caller: Caller, area_id: UUID, version: int) -> PlanDocument | None:
    """Return a published plan's head and difference; None when there is no such version."""
    row = Plan.objects.of(caller).filter(area=area_id, version=version).defer("problem", "plan").first()
    if row is None:
        return None
    difference: dict[str, Any] = row.difference
    return {
        "version": row.version,
        "published_at": iso(row.published_at),
        "writer": row.writer,
        "causes": list(row.causes),
        "cost_milli": int(row.cost.get("total_milli", 0)),
        "added": list(difference.get("added", [])),
        "moved": list(difference.get("moved", [])),
        "removed": list(difference.get("removed", [])),
        "stops": list(difference.get("stops", [])),
    }
