"""A toy API on the real plumbing: it makes and misses operators."""

from collections.abc import Callable
from typing import Any

from django.db import OperationalError
from django.http import Http404
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Operator
from config.urls import handler400, handler403, handler404, handler500
from config.urls import urlpatterns as real
from dispatch.api.problems import build_answer
from dispatch.api.view import ApiView
from dispatch.errors import Conflict, NotFound, Unavailable

__all__ = ["handler400", "handler403", "handler404", "handler500"]


class Place(serializers.Serializer[Any]):
    lat = serializers.FloatField(min_value=-90, max_value=90)


class Body(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=20)
    location = Place(required=False)
    fixes = Place(many=True, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["name"] == "self-contradiction":
            raise serializers.ValidationError("The whole makes no sense.")
        return attrs


class Operators(ApiView):
    """POST makes one; the name says how it ends."""

    def get(self, request: Request) -> Response:
        return Response({"operators": Operator.objects.count()})

    def post(self, request: Request) -> Response:
        body = Body(data=request.data)
        body.is_valid(raise_exception=True)
        name = body.validated_data["name"]
        made = Operator.objects.create(name=name)
        if name == "raises":
            raise Conflict("offer_lost", "Gone.", offers=["fresh"])
        if name == "returns":
            return build_answer(Conflict("offer_lost", "Gone.", offers=["fresh"]))
        if name == "breaks":
            raise RuntimeError("our own fault")
        return Response({"id": str(made.id), "name": name}, status=201)

    def delete(self, request: Request) -> Response:
        Operator.objects.all().delete()
        return Response(status=204)


ERRORS: dict[str, Callable[[], Exception]] = {
    "ours": lambda: NotFound("not_found", "No such van.", path="unit"),
    "django": lambda: Http404("secret detail"),
    "away": lambda: OperationalError("connection refused at /secret/socket"),
    "shed": lambda: Unavailable("overloaded", "Later.", retry_after_s=7),
}


class Fails(ApiView):
    """GET fails in the named way."""

    def get(self, request: Request, how: str) -> Response:
        error = ERRORS[how]()
        raise error


urlpatterns = [
    path("api/toy/operators", Operators.as_view()),
    path("api/toy/fails/<str:how>", Fails.as_view()),
    *real,
]
