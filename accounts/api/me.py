"""Who am I?"""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.view import CountedView
from accounts.authentication import caller_of
from accounts.callers import Caller
from accounts.models import Membership, Person
from accounts.roles import Role


class MePersonSerializer(serializers.Serializer[Any]):
    """The signed-in person."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    email = serializers.EmailField()


class MeOperatorSerializer(serializers.Serializer[Any]):
    """An operator the person works for."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class MeRoleSerializer(serializers.Serializer[Any]):
    """What the person is, and to whom."""

    operator = MeOperatorSerializer()
    role = serializers.ChoiceField(choices=Role.choices)


class MeSerializer(serializers.Serializer[Any]):
    """The caller; `person` is null for a guest or a device."""

    person = MePersonSerializer(allow_null=True)
    roles = MeRoleSerializer(many=True)


def build_me(caller: Caller) -> dict[str, Any]:
    """Render the caller."""
    if caller.person_id is None:
        return {"person": None, "roles": []}
    person = Person.objects.of(caller).get(pk=caller.person_id)
    held = Membership.objects.of(caller).filter(person_id=caller.person_id).select_related("operator")
    roles = held.order_by("operator__name", "role")
    return dict(MeSerializer({"person": person, "roles": roles}).data)


class MeView(CountedView):
    """Anybody may ask; a guest learns that they are one."""

    permission_classes = [AllowAny]

    @extend_schema(operation_id="me", responses=MeSerializer)
    def get(self, request: Request) -> Response:
        """Answer who calls."""
        return Response(build_me(caller_of(request)))
