"""Risks as the console shows them: from their rows, so that message and snapshot cannot differ."""

from uuid import UUID

from accounts.callers import Caller
from dispatch.models import RiskItem
from dispatch.selectors.documents.risk import RiskView
from dispatch.selectors.render import iso, iso_or_none
from dispatch.selectors.risks.rules import rank_of

# No dispatcher reads more; the worst are among them.
MOST = 100


def list_risk_views(caller: Caller, area_id: UUID) -> list[RiskView]:
    """List what threatens an area, the worst first; one query."""
    rows = RiskItem.objects.of(caller).filter(area=area_id)
    ordered = sorted(rows, key=lambda row: (rank_of(row.kind), -_size(row), row.since, str(row.subject)))
    return [risk_view(row) for row in ordered[:MOST]]


def _size(row: RiskItem) -> int:
    facts: dict[str, int] = row.facts
    return max((facts.get(name, 0) for name in ("late_s", "short_wh", "chance_pct", "over_s")), default=0)


def risk_view(row: RiskItem) -> RiskView:
    """Show one."""
    return {
        "id": str(row.id),
        "kind": row.kind,
        "cause": row.cause,
        "since": iso(row.since),
        "at": iso_or_none(row.at),
        "facts": row.facts,
        "hurt": row.hurt,
        "unit": _name(row.unit_id),
        "request": _name(row.request_id),
        "stop": _name(row.stop),
        "plug": _name(row.plug),
        "fix": row.fix,
    }


def _name(key: UUID | None) -> str | None:
    return None if key is None else str(key)
