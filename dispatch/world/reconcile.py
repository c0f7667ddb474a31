"""Make the unit agree with its day: work taken away is dropped, work found under way is taken up."""

from dispatch.world.body import Body
from dispatch.world.day import Day
from dispatch.world.decide import find_current
from dispatch.world.setting_out import Surroundings


def reconcile(day: Day, body: Body, surroundings: Surroundings, now: float) -> None:
    """Drop what the day no longer has, then take up what it says is under way (after a restart, say)."""
    stop = find_current(day)
    _drop_foreign(body, stop.id if stop else None, now)
    if stop is None:
        return
    if stop.state == "dispatched":
        if body.leg is None:
            body.drive(surroundings.begin_leg(body.unit, stop, body.place, now))
        return
    if body.leg is not None:
        body.settle(max(body.leg.arrives_at, now))
    if body.visit is None:
        body.visit_stop(surroundings.begin_visit(body, stop, now), now)
    if stop.state == "working" and body.visit and body.visit.started_at is None:
        body.visit.started_at = now


def _drop_foreign(body: Body, stop_id: str | None, now: float) -> None:
    running = body.leg or body.visit
    if running and running.stop != stop_id:
        body.settle(now)
