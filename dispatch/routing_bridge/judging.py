"""The judge, asked again about what was published."""

from uuid import UUID

from accounts.callers import Caller
from dispatch.models import Plan as PlanRow
from dispatch.routing_bridge.documents import read_published
from routing.evaluation import violations


def judge_plan(plan_id: UUID) -> list[str]:
    """List what a stored plan breaks on its own problem; nothing, for a published one."""
    published = read_published(PlanRow.objects.of(Caller.system()).get(id=plan_id))
    return [str(broken) for broken in violations(*published)]
