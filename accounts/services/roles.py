"""Who is what to an operator. Every change leaves a record; an operator always keeps an owner."""

from uuid import UUID

from django.db import transaction

from accounts.callers import Caller
from accounts.models import Membership, Operator, RoleChange
from accounts.roles import Role


class LastOwner(Exception):
    """Without this one nobody could give a right any more."""


class HeldAlready(Exception):
    """The person is that to the operator already."""


@transaction.atomic
def give_role(actor: UUID | None, operator_id: UUID, person_id: UUID, role: Role) -> Membership:
    """Give a role; having it already is no change."""
    held = Membership.objects.of(Caller.system()).filter(operator_id=operator_id, person_id=person_id)
    found: Membership | None = held.filter(role=role).first()
    if found is not None:
        return found
    made: Membership = Membership.objects.create(operator_id=operator_id, person_id=person_id, role=role)
    _record(actor, made, before="", after=role)
    return made


@transaction.atomic
def change_role(caller: Caller, membership_id: UUID, role: Role) -> Membership | None:
    """Change what somebody is; None: the caller owns no such membership."""
    held = _find_owned(caller, membership_id)
    if held is None or held.role == role:
        return held
    _keep_an_owner(held)
    others = Membership.objects.of(caller).filter(operator_id=held.operator_id, person_id=held.person_id)
    if others.filter(role=role).exists():
        raise HeldAlready
    before, held.role = held.role, role
    held.save(update_fields=["role"])
    _record(caller.person_id, held, before=before, after=role)
    return held


@transaction.atomic
def take_role(caller: Caller, membership_id: UUID) -> bool:
    """Take a role away; False: the caller owns no such membership. Sockets close within five seconds."""
    held = _find_owned(caller, membership_id)
    if held is None:
        return False
    _keep_an_owner(held)
    _record(caller.person_id, held, before=held.role, after="")
    held.delete()
    return True


def _find_owned(caller: Caller, membership_id: UUID) -> Membership | None:
    held = Membership.objects.of(caller).filter(pk=membership_id).first()
    return held if held is not None and caller.owns(held.operator_id) else None


def _keep_an_owner(held: Membership) -> None:
    """Hold that another owner is left; two who take each other's role at once come one after the other."""
    Operator.objects.of(Caller.system()).select_for_update().get(pk=held.operator_id)
    owners = Membership.objects.of(Caller.system()).filter(operator_id=held.operator_id)
    if held.role == Role.OWNER and not owners.filter(role=Role.OWNER).exclude(pk=held.pk).exists():
        raise LastOwner


def _record(actor: UUID | None, held: Membership, *, before: str, after: str) -> None:
    RoleChange.objects.create(
        operator_id=held.operator_id, actor_id=actor, person_id=held.person_id, before=before, after=after
    )
