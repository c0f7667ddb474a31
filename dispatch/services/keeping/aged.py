"""Single things that are kept for a time only: words, pictures, plates, the crew of a shift, documents."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from accounts.callers import Caller
from accounts.models import AccountAct
from dispatch.models import (
    Attachment,
    ChargeRequest,
    Message,
    MeterReading,
    Plan,
    Quote,
    Shift,
    UnitState,
    Vehicle,
)

_HOUSE = Caller.system()
_SPOT = ["lat", "lon", "heading", "speed_mps", "fix_at", "seen_at", "near_at", "near_wall", "doubts"]


def forget_words(before: datetime, count: int) -> int:
    """Of a crew's report the kind is left."""
    due = Message.objects.of(_HOUSE).filter(at__lt=before).exclude(text="", by="")
    return Message.objects.of(_HOUSE).filter(id__in=due.values("id")[:count]).update(text="", by="")


def drop_pictures(before: datetime, count: int) -> int:
    """The reading stays, its picture goes."""
    due = Attachment.objects.of(_HOUSE).filter(at__lt=before).order_by("at")
    ids = list(due.values_list("id", flat=True)[:count])
    MeterReading.objects.of(_HOUSE).filter(photo__in=ids).update(photo=None)
    Attachment.objects.of(_HOUSE).filter(id__in=ids).delete()
    return len(ids)


def list_untaken() -> QuerySet[Quote]:
    """List the quotes none of whose offers became a request."""
    taken = ChargeRequest.objects.of(_HOUSE).filter(offer__quote=OuterRef("id"))
    return Quote.objects.of(_HOUSE).filter(~Exists(taken))


def drop_quotes(before: datetime, count: int) -> int:
    """A quote nobody took was a question: where somebody stood, and nothing that came of it."""
    due = list_untaken().filter(created_at__lt=before)
    ids = list(due.order_by("created_at").values_list("id", flat=True)[:count])
    Quote.objects.of(_HOUSE).filter(id__in=ids).delete()
    return len(ids)


def drop_acts(before: datetime, count: int) -> int:
    """What was asked about an account is proven long enough."""
    due = AccountAct.objects.of(_HOUSE).filter(at__lt=before).order_by("at")
    ids = list(due.values_list("id", flat=True)[:count])
    return AccountAct.objects.of(_HOUSE).filter(id__in=ids).delete()[0]


def forget_plates(before: datetime, count: int) -> int:
    """A car its driver has removed is one of its kind, no longer one on the street."""
    removed = Vehicle.objects.of(_HOUSE).filter(removed_at__lt=before)
    unused = removed.filter(requests=None).values_list("id", flat=True)[:count]
    gone = Vehicle.objects.of(_HOUSE).filter(id__in=list(unused)).delete()[0]
    named = removed.exclude(name="", plate="").values("id")[:count]
    return gone + Vehicle.objects.of(_HOUSE).filter(id__in=named).update(name="", plate="")


def forget_crews(before: datetime, count: int) -> int:
    """A shift stays, nobody's."""
    due = Shift.objects.of(_HOUSE).filter(ends_at__lt=before, crew__isnull=False)
    return Shift.objects.of(_HOUSE).filter(id__in=due.values("id")[:count]).update(crew=None)


def list_superseded(before: datetime) -> QuerySet[Plan]:
    """List old plans no area runs by: the running one is the last whole plan and the parts since."""
    whole = Plan.objects.of(_HOUSE).filter(area=OuterRef("area"), part_of__isnull=True)
    last = Subquery(whole.order_by("-version").values("version")[:1])
    return Plan.objects.of(_HOUSE).filter(published_at__lt=before, version__lt=last)


def forget_documents(before: datetime, count: int) -> int:
    """Of a plan its difference, causes and cost are left; the running one keeps its documents."""
    ids = list_superseded(before).exclude(problem=b"").values("id")[:count]
    return Plan.objects.of(_HOUSE).filter(id__in=ids).update(problem=b"", plan=b"")


def forget_spots(before: datetime, count: int) -> int:
    """A unit that has not said for long where it is stands at home again."""
    due = UnitState.objects.of(_HOUSE).filter(fix_at__lt=before).select_related("unit__home")
    rows = list(due.order_by("fix_at")[:count])
    for row in rows:
        home = row.unit.home
        row.lat, row.lon, row.heading, row.speed_mps = home.lat, home.lon, None, 0
        row.fix_at = row.seen_at = row.near_at = row.near_wall = None
        row.doubts = []
    UnitState.objects.of(_HOUSE).bulk_update(rows, _SPOT)
    return len(rows)
