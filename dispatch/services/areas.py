"""The lock under which writers of a plan, and of what it must not move, take turns."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Case, F, PositiveBigIntegerField, When
from django.db.models.expressions import Combinable

from accounts.callers import Caller
from dispatch.errors import Unavailable
from dispatch.models import ServiceArea
from dispatch.routing_bridge.travel_book import BOOK, TravelMissing

# As often the world may move on between drafting and writing; then it is drafted under the lock.
OPTIMISTIC, TRIES = 2, 6
_HOUSE = Caller.system()


class _Stale(Exception):
    """The area's revision is another than the draft's."""


class Drafted(Protocol):
    """What was worked out for one revision of an area."""

    @property
    def revision(self) -> int: ...


def lock_area(area_id: UUID, *, frees: bool = True) -> ServiceArea:
    """Lock an area's row until the transaction ends; nothing slow may happen from here on.

    Its revision rises: whoever drafted something before sees that the area was changed. Who only holds
    what is planned `frees` nobody: the plan still knows everybody who could come.
    """
    rows = ServiceArea.objects.of(_HOUSE).filter(id=area_id)
    risen = F("revision") + 1
    known = {} if frees else {"planned_revision": _risen_if_known(risen)}
    # An update locks like `FOR NO KEY UPDATE`: rows that merely refer to the area may still be inserted.
    rows.update(revision=risen, **known)
    return rows.get()


def _risen_if_known(risen: Combinable) -> Combinable:
    known = When(planned_revision=F("revision"), then=risen)
    return Case(known, default=F("planned_revision"), output_field=PositiveBigIntegerField())


def write_drafted[D: Drafted, R](
    area_id: UUID,
    draft: Callable[[bool], D | None],
    write: Callable[[ServiceArea, D], R],
) -> R | None:
    """Draft without a lock, write under it if nothing has changed meanwhile; None when there is no draft.

    `draft` is told whether it may ask for travel. After a few lost races it is called under the lock, so
    that everybody gets their turn.
    """
    queue_up(area_id)
    for number in range(TRIES):
        try:
            if number < OPTIMISTIC:
                with _in_line(area_id, number):
                    drafted = draft(True)
                    return None if drafted is None else _write_if_fresh(area_id, drafted, write)
            return _write_under_lock(area_id, draft, write)
        except _Stale:
            continue
        except TravelMissing:
            # Learnt without the lock, so that it is known the next time round.
            draft(True)
    raise Unavailable("busy", "Many are asking at once.")


def queue_up(area_id: UUID) -> None:
    """Draft one at a time: of many drafts of one revision all but one would be thrown away.

    The place is given up with the caller's transaction, when the next one can see what was written. Who
    writes without a transaction around it, as the planner does, races at first: it makes no driver wait.
    """
    if connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"draft {area_id}"])


def change_knowing_travel[R](change: Callable[[bool], R]) -> R:
    """Make a change under the lock that needs travel times; `change` is told whether it must go without.

    Under the lock nobody is asked: what is missing rolls the change back, is learnt, and it is made again.
    """
    try:
        return change(False)
    except TravelMissing as missing:
        BOOK.fetch(missing.profile, missing.places)
        return change(True)


@contextmanager
def _in_line(area_id: UUID, lost: int) -> Iterator[None]:
    """Take a place in the line for one draft, for who raced and lost: nobody drafts meanwhile."""
    if not lost or connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        queue_up(area_id)
        yield


@transaction.atomic
def _write_if_fresh[D: Drafted, R](area_id: UUID, drafted: D, write: Callable[[ServiceArea, D], R]) -> R:
    area = lock_area(area_id)
    if area.revision != drafted.revision + 1:
        raise _Stale
    return write(area, drafted)


@transaction.atomic
def _write_under_lock[D: Drafted, R](
    area_id: UUID, draft: Callable[[bool], D | None], write: Callable[[ServiceArea, D], R]
) -> R | None:
    area = lock_area(area_id)
    drafted = draft(False)
    return None if drafted is None else write(area, drafted)
