"""Where a request stands: a function of its stop and of what the driver was told, in one place."""

from datetime import datetime

from dispatch.models import ChargeRequest, Status, StopState
from dispatch.selectors.render import iso

OF_STOP = {
    StopState.DISPATCHED: Status.EN_ROUTE,
    StopState.ARRIVED: Status.ON_SITE,
    StopState.WORKING: Status.CHARGING,
    StopState.DONE: Status.COMPLETED,
}


def reach(request: ChargeRequest, status: Status, at: datetime, cause: str = "") -> None:
    """Move a request to a status and remember when; the caller holds its area's lock."""
    request.status = status
    request.version += 1
    request.cause = cause
    if status != Status.BOOKED:
        request.stage_at = {**request.stage_at, str(status): iso(at)}
        request.not_served = None
    request.save(update_fields=["status", "version", "cause", "stage_at", "not_served"])
