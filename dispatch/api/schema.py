"""What the schema says of every endpoint: its key, and the shape of its problems."""

from typing import Any, Literal

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, inline_serializer
from rest_framework import serializers

from dispatch.api.idempotency import HEADER, UNSAFE
from dispatch.api.problems import MEDIA_TYPE
from dispatch.api.view import ApiView

# Built, not declared: `errors` is a name that a serializer class keeps for itself.
PROBLEM_ERROR = inline_serializer(
    "ProblemError",
    {name: serializers.CharField() for name in ("path", "code", "detail")},
    many=True,
    required=False,
)
PROBLEM = inline_serializer(
    "Problem",
    {
        "type": serializers.CharField(),
        "title": serializers.CharField(),
        "status": serializers.IntegerField(),
        "code": serializers.CharField(help_text="stable: what a client decides on"),
        "detail": serializers.CharField(help_text="for people"),
        "path": serializers.CharField(required=False, help_text="the field that is wrong"),
        "errors": PROBLEM_ERROR,
    },
)


class Schema(AutoSchema):
    """Adds what is the same everywhere, so that no view has to say it."""

    def get_override_parameters(self) -> list[Any]:
        """Ask for the key where one is needed."""
        if self.method.lower() not in UNSAFE or not isinstance(self.view, ApiView):
            return []
        return [OpenApiParameter(HEADER, str, OpenApiParameter.HEADER, required=True)]

    def _get_response_bodies(self, direction: Literal["request", "response"] = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        build = self._get_response_for_code
        problem = build(PROBLEM, "default", [MEDIA_TYPE])  # type: ignore[no-untyped-call]
        return {**bodies, "default": problem}
