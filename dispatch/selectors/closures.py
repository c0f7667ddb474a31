"""Closures as the console shows them."""

from datetime import datetime
from uuid import UUID

from accounts.callers import Caller
from dispatch.models import Closure
from dispatch.selectors.documents.closure import ClosureView
from dispatch.selectors.render import iso, iso_or_none


def list_closure_views(caller: Caller, area_id: UUID, now: datetime) -> list[ClosureView]:
    """List what is closed or slow, or will be; one query."""
    rows = Closure.objects.of(caller).not_over(now).filter(area=area_id).order_by("from_at", "made_at", "id")
    return [closure_view(row) for row in rows]


def closure_view(row: Closure) -> ClosureView:
    """Show one."""
    return {
        "id": str(row.id),
        "kind": row.kind,
        "line": row.shape.get("line", []),
        "area": row.shape.get("area", []),
        "speed_pct": row.speed_pct,
        "why": row.why,
        "from_at": iso(row.from_at),
        "until_at": iso_or_none(row.until_at),
        "known": row.known_at is not None,
    }
