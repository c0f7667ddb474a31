"""Re-plan wanted: a growing number per area, claimed with a lease.

A lost nudge, an emptied broker or a killed worker stops nothing: as long as `wanted > done` and no
lease lives, the sweep sends somebody.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event, Thread
from uuid import UUID, uuid4

import structlog
from django.db import Error, connections, transaction
from django.db.models import Case, F, JSONField, Q, Value, When
from django.db.models.expressions import CombinedExpression

from accounts.callers import Caller
from dispatch import clock
from dispatch.broadcast.nudge import nudge_planner
from dispatch.models import ReplanWanted, ServiceArea

LEASE = timedelta(seconds=15)
# Whoever is at it longer hangs, and somebody else may try.
LONGEST = timedelta(minutes=5)
_HOUSE = Caller.system()
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to plan an area, until it expires; `covers` is the wish it answers, first wanted then."""

    area_id: UUID
    token: UUID
    covers: int
    causes: tuple[str, ...]
    wanted_at: datetime
    claimed_at: datetime


def want_replan(area_id: UUID, cause: str, wall: datetime) -> None:
    """Ask for a new plan of an area, and nudge whoever makes it."""
    rows = ReplanWanted.objects.of(_HOUSE).filter(area=area_id)
    # Since when something has been wanted, not when it was wanted last.
    since = Case(When(wanted__gt=F("done"), then=F("urgent_at")), default=Value(wall))
    wished = {"wanted": F("wanted") + 1, "urgent_at": since, "causes": _with_cause(cause)}
    if not rows.update(**wished):
        operator_id = ServiceArea.objects.of(_HOUSE).values_list("operator_id", flat=True).get(id=area_id)
        first = {"operator_id": operator_id, "wanted": 1, "urgent_at": wall, "causes": [cause]}
        if not ReplanWanted.objects.of(_HOUSE).get_or_create(area_id=area_id, defaults=first)[1]:
            rows.update(**wished)
    nudge_planner(area_id)


def _with_cause(cause: str) -> Case:
    """List a cause with those that are told already, each once."""
    added = CombinedExpression(F("causes"), "||", Value([cause], JSONField()), output_field=JSONField())
    return Case(When(causes__contains=[cause], then=F("causes")), default=added)


def is_replan_wanted(area_id: UUID) -> bool:
    """Say whether an area wants a plan, or one is being made."""
    return ReplanWanted.objects.of(_HOUSE).filter(area=area_id, wanted__gt=F("done")).exists()


def claim_replan(area_id: UUID, wall: datetime) -> Lease | None:
    """Take the lease of an area that wants a plan; None when nothing is wanted or another has it."""
    token = uuid4()
    free = Q(lease_until__isnull=True) | Q(lease_until__lte=wall)
    rows = ReplanWanted.objects.of(_HOUSE).filter(free, area=area_id, wanted__gt=F("done"))
    if not rows.update(lease=token, lease_until=wall + LEASE):
        return None
    row = ReplanWanted.objects.of(_HOUSE).get(area=area_id)
    return Lease(area_id, token, row.wanted, tuple(row.causes), row.urgent_at or wall, wall)


def renew_lease(lease: Lease, wall: datetime) -> bool:
    """Keep a lease alive; False when it was lost meanwhile and its work must not be published."""
    rows = ReplanWanted.objects.of(_HOUSE).filter(area=lease.area_id, lease=lease.token)
    return bool(rows.update(lease_until=wall + LEASE))


@contextmanager
def keep_lease(lease: Lease, every: timedelta = LEASE / 3) -> Iterator[None]:
    """Renew a lease while its holder works, however large the area is; who was killed renews nothing.

    A lease that runs out under a living holder would be taken by another worker, whose own runs out in
    turn: all of them work, and nobody's plan is published.
    """
    over = Event()
    Thread(target=_renew_until, args=(over, lease, every), name="lease", daemon=True).start()
    try:
        yield
    finally:
        over.set()


def _renew_until(over: Event, lease: Lease, every: timedelta) -> None:
    try:
        for _ in range(int(LONGEST / every)):
            if over.wait(every.total_seconds()) or not _renews(lease):
                return
    finally:
        connections.close_all()


def _renews(lease: Lease) -> bool:
    try:
        return renew_lease(lease, clock.wall())
    except Error as error:
        # The database is away for a moment: the next turn is soon, and it may be in time.
        log.warning("lease_not_renewed", error=type(error).__name__)
        return True


def finish_replan(lease: Lease) -> bool:
    """Store what was covered and give the lease back; False when it was lost."""
    rows = ReplanWanted.objects.of(_HOUSE).filter(area=lease.area_id, lease=lease.token)
    with transaction.atomic():
        held = rows.select_for_update().first()
        if held is None:
            return False
        held.done = max(held.done, lease.covers)
        held.causes = [cause for cause in held.causes if cause not in lease.causes]
        held.lease, held.lease_until = None, None
        # What is still wanted was first wanted after this plan was begun.
        held.urgent_at = lease.claimed_at
        held.save(update_fields=["done", "causes", "lease", "lease_until", "urgent_at"])
    return True


def list_waiting(wall: datetime) -> list[UUID]:
    """List the areas that want a plan and have nobody at it."""
    free = Q(lease_until__isnull=True) | Q(lease_until__lte=wall)
    rows = ReplanWanted.objects.of(_HOUSE).filter(free, wanted__gt=F("done"))
    return list(rows.values_list("area_id", flat=True))
