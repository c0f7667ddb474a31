"""An operator's people, invitations, devices, and the record of who gave which right."""

from datetime import datetime
from uuid import UUID

from accounts.callers import Caller
from accounts.models import Device, Invitation, Membership, Operator, RoleChange
from accounts.roles import Role
from dispatch.models import Unit
from dispatch.selectors.documents.people import (
    DeviceView,
    InvitationView,
    RoleChangeView,
    StaffMember,
    StaffOperator,
)
from dispatch.selectors.render import iso

MOST = 200


def find_owned_operator(caller: Caller) -> Operator | None:
    """Return the operator the caller owns; of several the first by name."""
    owned = caller.operators(Role.OWNER)
    return Operator.objects.of(caller).filter(pk__in=owned).order_by("name").first()


def show_operator(operator: Operator) -> StaffOperator:
    """Show what is true of all who work there."""
    return {
        "id": str(operator.id),
        "name": operator.name,
        "second_factor_required": operator.second_factor_required,
    }


def list_staff(caller: Caller, operator_id: UUID) -> list[StaffMember]:
    """List who is what, by name."""
    rows = Membership.objects.of(caller).filter(operator_id=operator_id)
    guarded = set(rows.filter(person__authenticator__isnull=False).values_list("person_id", flat=True))
    named = rows.select_related("person").order_by("person__name", "role")
    return [show_member(row, guarded=row.person_id in guarded) for row in named]


def show_member(row: Membership, *, guarded: bool) -> StaffMember:
    """Show one of them, and whether a second factor guards their account."""
    person = row.person
    return {
        "id": str(row.id),
        "person": {
            "id": str(person.id),
            "name": person.name,
            "email": person.email,
            "second_factor": guarded,
        },
        "role": row.role,
        "since": iso(row.created_at),
    }


def list_invitations(caller: Caller, operator_id: UUID, wall: datetime) -> list[InvitationView]:
    """List those that can still be accepted, the newest first."""
    rows = Invitation.objects.of(caller).open_at(wall).filter(operator_id=operator_id)
    return [show_invitation(row) for row in rows.select_related("invited_by").order_by("-created_at")[:MOST]]


def show_invitation(row: Invitation) -> InvitationView:
    """Show one; its secret is known to its letter alone."""
    return {
        "id": str(row.id),
        "email": row.email,
        "role": row.role,
        "invited_by": row.invited_by.name if row.invited_by else None,
        "created_at": iso(row.created_at),
        "expires_at": iso(row.expires_at),
    }


def list_role_changes(caller: Caller, operator_id: UUID) -> list[RoleChangeView]:
    """List the latest changes of roles, the newest first."""
    rows = RoleChange.objects.of(caller).filter(operator_id=operator_id).select_related("actor", "person")
    return [
        {
            "id": str(row.id),
            "actor": row.actor.name if row.actor else None,
            "person": row.person.name if row.person else None,
            "before": row.before or None,
            "after": row.after or None,
            "at": iso(row.at),
        }
        for row in rows.order_by("-at")[:MOST]
    ]


def list_devices(caller: Caller, operator_id: UUID) -> list[DeviceView]:
    """List the credentials of units that hold."""
    rows = Device.objects.of(caller).filter(operator_id=operator_id, revoked_at=None).order_by("created_at")
    devices = list(rows[:MOST])
    units = Unit.objects.of(caller).filter(pk__in=[row.unit for row in devices])
    names = dict(units.values_list("pk", "name"))
    return [
        {
            "id": str(row.id),
            "unit": str(row.unit),
            "unit_name": names.get(row.unit),
            "label": row.label,
            "created_at": iso(row.created_at),
        }
        for row in devices
    ]
