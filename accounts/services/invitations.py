"""Bringing staff in: an owner invites, a letter goes out, its link is followed once."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from accounts.callers import Caller
from accounts.library.mail import write_mail
from accounts.models import Invitation, Person
from accounts.roles import Role
from accounts.services.newcomers import Newcomer, make_person
from accounts.services.roles import give_role


class NotOpen(Exception):
    """The link was used, taken back, is too old, or never was one."""


class SignInFirst(Exception):
    """Somebody has an account with this address: they accept signed in."""


@transaction.atomic
def invite(caller: Caller, operator_id: UUID, email: str, role: Role, at: datetime, page: str) -> Invitation:
    """Invite; an invitation for the same that is still open is void from now on."""
    assert caller.person_id is not None
    assert caller.owns(operator_id)
    until = at + timedelta(hours=settings.INVITATION_HOURS)
    made, secret = Invitation.issue(operator_id, email.strip().lower(), role, caller.person_id, at, until)
    inviter = Person.objects.of(caller).get(pk=caller.person_id)
    told = {
        "operator": made.operator.name,
        "inviter": inviter.name,
        "expires_at": until,
        "url": f"{page}#{secret}",
    }
    letter = write_mail("invitation", made.email, told)
    # A letter about what was rolled back would lie; a server of mail that is away must not undo the rest.
    transaction.on_commit(letter.send, robust=True)
    return made


@transaction.atomic
def take_back(caller: Caller, invitation_id: UUID, at: datetime) -> bool:
    """Take an open invitation back; False: the caller has none of this name."""
    rows = Invitation.objects.of(caller).filter(pk=invitation_id, accepted_at=None, revoked_at=None)
    return bool(rows.update(revoked_at=at))


@transaction.atomic
def accept(
    secret: str, at: datetime, signed_in: Person | None, newcomer: Newcomer | None
) -> tuple[Person, bool]:
    """Accept; return who is staff now, and whether their account is new. The link has proved the address."""
    found = Invitation.find_open(secret, at, lock=True)
    if found is None:
        raise NotOpen
    known = find_invited(found)
    if known is not None and known != signed_in:
        raise SignInFirst
    if known is None and newcomer is None:
        raise SignInFirst
    person = known or _make_invited(found.email, newcomer)
    give_role(found.invited_by_id, found.operator_id, person.pk, Role(found.role))
    found.accepted_at = at
    found.save(update_fields=["accepted_at"])
    return person, known is None


def _make_invited(email: str, newcomer: Newcomer | None) -> Person:
    assert newcomer is not None
    return make_person(email, newcomer)


def find_invited(found: Invitation) -> Person | None:
    """Find the account of this address, if there is one."""
    known: Person | None = Person.objects.of(Caller.system()).filter(email=found.email).first()
    return known
