"""Who may knock at which door at all; which rows they see behind it is the query's business."""

from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.authentication import caller_of
from accounts.callers import Kind
from accounts.roles import Role


class IsDriver(BasePermission):
    """Any signed-in person may ask for energy."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return caller_of(request).person_id is not None


class IsDispatcher(BasePermission):
    """Dispatchers and owners."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return bool(caller_of(request).dispatched)


class IsOwner(BasePermission):
    """Owners alone: who works here is their business."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return bool(caller_of(request).operators(Role.OWNER))


class IsCrew(BasePermission):
    """Crews and the devices of units."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        caller = caller_of(request)
        return caller.kind is Kind.DEVICE or caller.crews()
