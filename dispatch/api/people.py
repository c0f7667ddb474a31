"""People, roles, invitations and devices, for the owner of an operator."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Device, Operator
from accounts.roles import Role
from accounts.services.invitations import invite, take_back
from accounts.services.roles import HeldAlready, LastOwner, change_role, take_role
from accounts.services.second_factor import ask_second_factor
from dispatch import clock
from dispatch.api.documents import document
from dispatch.api.guards import IsOwner
from dispatch.api.view import ApiView
from dispatch.errors import Conflict, NotFound
from dispatch.selectors.documents.people import (
    DevicePage,
    InvitationPage,
    InvitationView,
    RoleChangePage,
    StaffMember,
    StaffOperator,
    StaffPage,
)
from dispatch.selectors.people import (
    find_owned_operator,
    list_devices,
    list_invitations,
    list_role_changes,
    list_staff,
    show_invitation,
    show_member,
    show_operator,
)


class RoleInput(serializers.Serializer[Any]):
    """What somebody is to be."""

    role = serializers.ChoiceField(choices=Role.choices)


class InvitationInput(RoleInput):
    """Who is invited, and to be what."""

    email = serializers.EmailField(max_length=254)


class OperatorInput(serializers.Serializer[Any]):
    """What the owner asks of all who work there."""

    second_factor_required = serializers.BooleanField()


class OwnerView(ApiView):
    """Base of the owner's doors."""

    permission_classes: list[type[BasePermission]] = [IsOwner]

    @property
    def operator(self) -> Operator:
        """The operator the caller owns."""
        found = find_owned_operator(self.caller)
        if found is None:
            raise NotFound
        return found


class PeopleView(OwnerView):
    @extend_schema(operation_id="ops_people", responses=document(StaffPage))
    def get(self, request: Request) -> Response:
        """List who works for the operator, and as what."""
        operator = self.operator
        rows = list_staff(self.caller, operator.id)
        return Response({"operator": show_operator(operator), "results": rows, "next": None})

    @extend_schema(operation_id="ops_people_rule", request=OperatorInput, responses=document(StaffOperator))
    def patch(self, request: Request) -> Response:
        """Say whether all who work here need a second factor; who has none has no role until they do."""
        typed = OperatorInput(data=request.data)
        typed.is_valid(raise_exception=True)
        operator = ask_second_factor(
            self.caller, self.operator, asked=typed.validated_data["second_factor_required"]
        )
        return Response(show_operator(operator))


class MemberView(OwnerView):
    @extend_schema(operation_id="ops_role_change", request=RoleInput, responses=document(StaffMember))
    def patch(self, request: Request, membership_id: UUID) -> Response:
        """Make somebody something else."""
        typed = RoleInput(data=request.data)
        typed.is_valid(raise_exception=True)
        try:
            held = change_role(self.caller, membership_id, Role(typed.validated_data["role"]))
        except LastOwner:
            raise _last_owner() from None
        except HeldAlready:
            raise Conflict("role_held_already", "The person is that already.") from None
        if held is None:
            raise NotFound
        return Response(show_member(held, guarded=held.person.second_factor == "on"))

    @extend_schema(operation_id="ops_role_end", request=None, responses={204: None})
    def delete(self, request: Request, membership_id: UUID) -> Response:
        """Take the role away; what is open with it closes within five seconds."""
        try:
            taken = take_role(self.caller, membership_id)
        except LastOwner:
            raise _last_owner() from None
        if not taken:
            raise NotFound
        return Response(status=status.HTTP_204_NO_CONTENT)


class RoleChangesView(OwnerView):
    @extend_schema(operation_id="ops_role_changes", responses=document(RoleChangePage))
    def get(self, request: Request) -> Response:
        """List who gave or took which right, and when."""
        return Response({"results": list_role_changes(self.caller, self.operator.id), "next": None})


class InvitationsView(OwnerView):
    @extend_schema(operation_id="ops_invitations", responses=document(InvitationPage))
    def get(self, request: Request) -> Response:
        """List the invitations that can still be accepted."""
        rows = list_invitations(self.caller, self.operator.id, clock.wall())
        return Response({"results": rows, "next": None})

    @extend_schema(
        operation_id="ops_invite", request=InvitationInput, responses={201: document(InvitationView)}
    )
    def post(self, request: Request) -> Response:
        """Invite somebody: a letter goes out, whose link works once."""
        typed = InvitationInput(data=request.data)
        typed.is_valid(raise_exception=True)
        said, page = typed.validated_data, request.build_absolute_uri("/account/invitation")
        made = invite(self.caller, self.operator.id, said["email"], Role(said["role"]), clock.wall(), page)
        return Response(show_invitation(made), status=status.HTTP_201_CREATED)


class InvitationDetailView(OwnerView):
    @extend_schema(operation_id="ops_invitation_end", request=None, responses={204: None})
    def delete(self, request: Request, invitation_id: UUID) -> Response:
        """Take an invitation back."""
        if not take_back(self.caller, invitation_id, clock.wall()):
            raise NotFound
        return Response(status=status.HTTP_204_NO_CONTENT)


class DevicesView(OwnerView):
    @extend_schema(operation_id="ops_devices", responses=document(DevicePage))
    def get(self, request: Request) -> Response:
        """List what units sign in with."""
        return Response({"results": list_devices(self.caller, self.operator.id), "next": None})


class DeviceDetailView(OwnerView):
    @extend_schema(operation_id="ops_device_end", request=None, responses={204: None})
    def delete(self, request: Request, device_id: UUID) -> Response:
        """End a device's credential; its sockets close within five seconds."""
        owned = self.caller.operators(Role.OWNER)
        rows = Device.objects.of(self.caller).filter(pk=device_id, operator_id__in=owned, revoked_at=None)
        found = rows.first()
        if found is None:
            raise NotFound
        found.revoke(clock.wall())
        return Response(status=status.HTTP_204_NO_CONTENT)


def _last_owner() -> Conflict:
    return Conflict("last_owner", "Without an owner nobody could give a right any more.")
