"""Erases a person: what law asks to keep stays, nobody's; what says who it was goes at once."""

from collections import Counter
from datetime import datetime
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Exists, Model, OuterRef, QuerySet

from accounts.callers import Caller
from accounts.models import Act, Invitation, Membership, Person
from accounts.roles import Role
from accounts.services.acts import note_act
from dispatch.errors import Conflict, NotFound
from dispatch.models import (
    OPEN,
    ChargeRequest,
    IdempotencyKey,
    Message,
    RosterLine,
    Shift,
    Vehicle,
)
from dispatch.services.keeping.aged import list_untaken
from dispatch.services.keeping.places import forget_places

_HOUSE = Caller.system()
# An address nobody can have (RFC 2606), so that the real one is free again.
NOBODY = "erased-{}@invalid"
log = structlog.get_logger(__name__)


def erase_person(
    person_id: UUID, now: datetime, wall: datetime, *, actor: UUID | None = None
) -> Counter[str]:
    """Erase; says how many rows of each kind it touched. Somebody erased already is erased."""
    with transaction.atomic():
        person = Person.objects.of(_HOUSE).select_for_update().filter(id=person_id).first()
        if person is None:
            raise NotFound
        _refuse_while_needed(person)
        done = Counter[str](
            requests=_forget_places(person),
            quotes=_delete(list_untaken().filter(person=person)),
            vehicles=_forget_vehicles(person, wall),
            work=_end_work(person, now),
            words=Message.objects.of(_HOUSE).filter(by=f"person:{person_id}").update(text="", by=""),
            calls=_delete(IdempotencyKey.objects.of(_HOUSE).filter(caller=f"person:{person_id}")),
            sign_ins=_end_sign_ins(person),
        )
        _forget_name(person)
        note_act(Act.ERASED, actor=actor, person=person.id)
    log.info("person erased", **done)
    return done


def _refuse_while_needed(person: Person) -> None:
    open_ones = ChargeRequest.objects.of(_HOUSE).filter(person=person, status__in=OPEN)
    ids = [str(key) for key in open_ones.values_list("id", flat=True)]
    if ids:
        raise Conflict(
            "requests_open", "Cancel what is still under way first, or wait for its end.", requests=ids
        )
    others = Membership.objects.of(_HOUSE).filter(operator=OuterRef("operator"), role=Role.OWNER)
    alone = Membership.objects.of(_HOUSE).filter(
        ~Exists(others.exclude(person=person)), person=person, role=Role.OWNER
    )
    if alone.exists():
        raise Conflict("last_owner", "Nobody else owns the operator: make somebody its owner first.")


def _forget_places(person: Person) -> int:
    rows = list(ChargeRequest.objects.of(_HOUSE).filter(person=person, rounded=False))
    forget_places(rows)
    return len(rows)


def _forget_vehicles(person: Person, wall: datetime) -> int:
    cars = Vehicle.objects.of(_HOUSE).filter(person=person)
    gone = _delete(cars.filter(requests=None))
    return gone + cars.update(name="", plate="", soc_hint=0, removed_at=wall)


def _end_work(person: Person, now: datetime) -> int:
    """Shifts that were worked are the operator's to prove, with a number that names nobody any more."""
    ahead = Shift.objects.of(_HOUSE).filter(crew=person, ends_at__gt=now).update(crew=None)
    lines = RosterLine.objects.of(_HOUSE).filter(crew=person).update(crew=None)
    return ahead + lines + _delete(Membership.objects.of(_HOUSE).filter(person=person))


def _end_sign_ins(person: Person) -> int:
    """Tokens, devices, codes and whatever else a library keeps for somebody who signs in."""
    ended = _delete(Invitation.objects.of(_HOUSE).filter(email=person.email))
    for relation in person._meta.related_objects:
        if relation.related_model._meta.app_label not in ("accounts", "dispatch"):
            rows: QuerySet[Model] = QuerySet(model=relation.related_model)
            rows = rows.filter(**{relation.field.name: person})
            ended += _delete(rows)
    return ended


def _forget_name(person: Person) -> None:
    person.email, person.name = NOBODY.format(person.id.hex), ""
    person.is_active = person.is_staff = person.is_superuser = False
    person.last_login = None
    person.groups.clear()
    person.user_permissions.clear()
    # A session holds by the password it began with: all of them end here.
    person.set_unusable_password()
    person.save()


def _delete[M: Model](rows: QuerySet[M]) -> int:
    return rows.delete()[0]
