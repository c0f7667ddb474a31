"""Work in the background: nudges and a sweep. Losing a task loses nothing, the next sweep finds it."""

from contextlib import suppress
from uuid import UUID

import structlog
from celery import shared_task
from celery.signals import worker_ready
from django.conf import settings
from django.db import OperationalError
from structlog.contextvars import bound_contextvars

from accounts.callers import Caller
from dispatch import clock, tally
from dispatch.models import ServiceArea
from dispatch.routing_bridge.solving import get_server, solve_area
from dispatch.services.charging.sweep import press_on
from dispatch.services.duty import turn_duty
from dispatch.services.eta_learning import learn_arrivals
from dispatch.services.eta_present import measure_present
from dispatch.services.eta_samples import resolve_samples, take_samples
from dispatch.services.freezing import assign_due
from dispatch.services.keeping.retention import carry_out
from dispatch.services.leisure import LEISURE
from dispatch.services.locks import release_due
from dispatch.services.plans import publish_replan, renew_plan
from dispatch.services.replans import (
    Lease,
    claim_replan,
    finish_replan,
    is_replan_wanted,
    keep_lease,
    list_waiting,
    want_replan,
)
from dispatch.services.risk_fixes import seek_fixes
from dispatch.services.risks import watch_risks
from dispatch.services.roads_now import keep_roads
from dispatch.services.roster import extend_shifts
from dispatch.services.trace import keep_trace

_HOUSE = Caller.system()
log = structlog.get_logger(__name__)


@worker_ready.connect  # type: ignore[untyped-decorator]
def warm_up(**_: object) -> None:
    """Start the solver server before the first plan is wanted."""
    get_server().start()


@shared_task(name="dispatch.replan", ignore_result=True)  # type: ignore[untyped-decorator]
def replan(area_id: str) -> None:
    """Make and publish a plan of an area, if one is wanted and nobody else is at it."""
    lease = claim_replan(UUID(area_id), clock.wall())
    if lease is None:
        return
    with bound_contextvars(area=area_id, replan=str(lease.token)):
        _replan(lease)


def _replan(lease: Lease) -> None:
    try:
        with keep_lease(lease):
            candidate = solve_area(lease.area_id, clock.now(), settings.SOLVER_SECONDS, lease.causes)
            with LEISURE.hurry():
                published = publish_replan(lease, candidate, clock.now(), clock.wall())
    except Exception:
        tally.count("replans", "failed")
        raise
    finish_replan(lease)
    tally.count("replans", "published" if published else "unchanged")
    if published:
        tally.observe("replan", (clock.wall() - lease.wanted_at).total_seconds())
    log.info("replanned", plan=published.version if published else None, causes=lease.causes)


@shared_task(name="dispatch.sweep", ignore_result=True)  # type: ignore[untyped-decorator]
def sweep() -> None:
    """Every second: plans that are wanted, stops that are due, shifts that begin and end."""
    tally.count("sweeps")
    now = clock.now()
    for area in ServiceArea.objects.of(_HOUSE):
        if turn_duty(area.id, now):
            want_replan(area.id, "duty.turned", clock.wall())
        release_due(area.id, now, clock.wall())
        assign_due(area.id, now, clock.speed())
        renew_plan(area.id, now, clock.wall())
    press_on(now, clock.wall())
    for area_id in list_waiting(clock.wall()):
        replan.delay(str(area_id))


@shared_task(name="dispatch.watch_risks", ignore_result=True)  # type: ignore[untyped-decorator]
def look_for_risks() -> None:
    """Every other second: what will go wrong, and what would help."""
    for area in ServiceArea.objects.of(_HOUSE).select_related("eta_state"):
        LEISURE.give_way()
        watch_risks(area, clock.now(), clock.wall())
        LEISURE.give_way()
        seek_fixes(area, clock.now(), at_leisure=not is_replan_wanted(area.id))


@shared_task(name="dispatch.keep_roads", ignore_result=True)  # type: ignore[untyped-decorator]
def bring_roads_up_to_date() -> None:
    """Every second: roads that are closed or slow from now on, or no more."""
    keep_roads(clock.now(), clock.wall())


@shared_task(name="dispatch.purge", ignore_result=True)  # type: ignore[untyped-decorator]
def purge() -> None:
    """Forget what is kept for a time only, as the register of fields says."""
    carry_out(clock.now(), clock.wall())


@shared_task(name="dispatch.extend_roster", ignore_result=True)  # type: ignore[untyped-decorator]
def extend_roster() -> None:
    """Make the shifts ahead."""
    for area in ServiceArea.objects.of(_HOUSE):
        extend_shifts(area, clock.now(), clock.wall())


@shared_task(name="dispatch.watch_arrivals", ignore_result=True)  # type: ignore[untyped-decorator]
def watch_arrivals() -> None:
    """Write down what is expected, what came, and how it goes at present."""
    for area in ServiceArea.objects.of(_HOUSE):
        LEISURE.give_way()
        now = clock.now()
        resolve_samples(area)
        measure_present(area, now)
        take_samples(area, now)


@shared_task(name="dispatch.learn_arrivals", ignore_result=True)  # type: ignore[untyped-decorator]
def learn() -> None:
    """Make a model anew where enough has happened."""
    for area in ServiceArea.objects.of(_HOUSE):
        learn_arrivals(area, clock.now())


@shared_task(name="dispatch.keep_trace", ignore_result=True)  # type: ignore[untyped-decorator]
def make_room_for_trace() -> None:
    """Make room for the fixes of the days ahead, and forget the old ones."""
    with suppress(OperationalError):
        # Somebody reads the whole table: the next turn is soon.
        keep_trace(clock.now())
