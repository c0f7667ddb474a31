"""A device's word on when something happened, as far as it can be true."""

from datetime import datetime, timedelta

from accounts.callers import Caller
from dispatch.models import Stop

_HOUSE = Caller.system()
# News older than this comes from a wrong clock, not from a long tunnel.
OLDEST_NEWS = timedelta(hours=12)


def find_instant(stop: Stop, said: datetime | None, now: datetime) -> datetime:
    """Take the device's time: not in the future, not before what came before, not from another day."""
    if said is None or said > now or said < now - OLDEST_NEWS:
        return now
    return min(max([said, *_before(stop)]), now)


def _before(stop: Stop) -> list[datetime]:
    """List what was surely earlier: this stop's own facts, else the end of the unit's last stop."""
    known = [at for at in (stop.departed_at, stop.arrived_at, stop.worked_from) if at is not None]
    if known:
        return known
    done = Stop.objects.of(_HOUSE).filter(unit=stop.unit_id, departed_at__isnull=False)
    last = done.order_by("-done_at").filter(done_at__isnull=False).values_list("done_at", flat=True).first()
    asked = [] if stop.request is None else [stop.request.created_at]
    return [*asked, *([] if last is None else [last])]
