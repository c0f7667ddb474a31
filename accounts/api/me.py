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
    # Those that hold: none before a second factor that is needed.
    roles = MeRoleSerializer(many=True)
    second_factor = serializers.ChoiceField(choices=["off", "on", "needed"])


def build_me(caller: Caller) -> dict[str, Any]:
    """Render the caller."""
    if caller.person_id is None:
        return {"person": None, "roles": [], "second_factor": "off"}
    person = Person.objects.of(caller).get(pk=caller.person_id)
    held = Membership.objects.of(caller).filter(person_id=caller.person_id).select_related("operator")
    roles = [m for m in held.order_by("operator__name", "role") if (m.operator_id, m.role) in caller.roles]
    me = {"person": person, "roles": roles, "second_factor": person.second_factor}
    return dict(MeSerializer(me).data)


class MeView(CountedView):
    """Anybody may ask; a guest learns that they are one."""

    permission_classes = [AllowAny]

    @extend_schema(operation_id="me", responses=MeSerializer)
    def get(self, request: Request) -> Response:
        """Answer who calls."""
        return Response(build_me(caller_of(request)))
