"""My cars, and the catalogue to choose from."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.callers import Caller
from dispatch import clock
from dispatch.api.documents import document
from dispatch.api.guards import IsDriver
from dispatch.api.view import ApiView
from dispatch.errors import NotFound
from dispatch.models import Vehicle
from dispatch.selectors.cars import (
    list_makes,
    list_models,
    list_vehicles,
    model_document,
    vehicle_document,
)
from dispatch.selectors.documents.car import CataloguePage, VehicleDocument, VehiclePage
from dispatch.services.cars import CarWords, add_car, change_car, remove_car
from dispatch.services.numbers import NumberField

PAGE = 100


class CarView(ApiView):
    """Base of the doors to cars."""

    permission_classes: list[type[BasePermission]] = [IsDriver]


class CatalogueInput(serializers.Serializer[Any]):
    q = serializers.CharField(required=False, allow_blank=True, max_length=80, default="")
    make = serializers.CharField(required=False, allow_blank=True, max_length=80, default="")
    after = serializers.UUIDField(required=False, help_text="the last model of the page before")


class CatalogueView(CarView):
    @extend_schema(
        operation_id="driver_catalogue", parameters=[CatalogueInput], responses=document(CataloguePage)
    )
    def get(self, request: Request) -> Response:
        """List electric cars by make and model; `q` is any words of make, model and variant."""
        typed = CatalogueInput(data=request.query_params)
        typed.is_valid(raise_exception=True)
        said = typed.validated_data
        rows = list_models(self.caller, said["q"], said["make"], said.get("after"), PAGE + 1)
        more = None
        if len(rows) > PAGE:
            asked = request.query_params.copy()
            asked["after"] = str(rows[PAGE - 1].id)
            more = f"{request.path}?{asked.urlencode()}"
        results = [model_document(row) for row in rows[:PAGE]]
        return Response({"results": results, "makes": list_makes(self.caller), "next": more})


class CarInput(serializers.Serializer[Any]):
    """A car to be added: its model of the catalogue, and how its driver calls it."""

    model = serializers.UUIDField(help_text="of the catalogue")
    name = serializers.CharField(required=False, max_length=40)
    plate = serializers.CharField(required=False, allow_blank=True, max_length=16)
    soc_hint = NumberField(required=False, min_value=0, max_value=1)

    def words(self) -> CarWords:
        """Hand over what was said."""
        said = self.validated_data
        return CarWords(said.get("model"), said.get("name"), said.get("plate"), said.get("soc_hint"))


class CarChangeInput(CarInput):
    """What shall change of a car."""

    model = serializers.UUIDField(required=False, help_text="of the catalogue")


class VehiclesView(CarView):
    @extend_schema(operation_id="driver_vehicles", responses=document(VehiclePage))
    def get(self, request: Request) -> Response:
        """List my cars."""
        return Response({"results": list_vehicles(self.caller), "next": None})

    @extend_schema(
        operation_id="driver_add_vehicle", request=CarInput, responses={201: document(VehicleDocument)}
    )
    def post(self, request: Request) -> Response:
        """Add a car by its model."""
        typed = CarInput(data=request.data)
        typed.is_valid(raise_exception=True)
        car = add_car(self.caller, typed.words())
        return Response(vehicle_document(car), status=status.HTTP_201_CREATED)


class VehicleView(CarView):
    @extend_schema(operation_id="driver_vehicle", responses=document(VehicleDocument))
    def get(self, request: Request, vehicle_id: UUID) -> Response:
        """Show one of my cars."""
        return Response(vehicle_document(_own(self.caller, vehicle_id)))

    @extend_schema(
        operation_id="driver_change_vehicle", request=CarChangeInput, responses=document(VehicleDocument)
    )
    def patch(self, request: Request, vehicle_id: UUID) -> Response:
        """Change a car of mine."""
        typed = CarChangeInput(data=request.data)
        typed.is_valid(raise_exception=True)
        return Response(vehicle_document(change_car(self.caller, vehicle_id, typed.words())))

    @extend_schema(operation_id="driver_remove_vehicle", responses={204: None})
    def delete(self, request: Request, vehicle_id: UUID) -> Response:
        """Remove a car of mine; what it was charged with stays on record."""
        remove_car(self.caller, vehicle_id, clock.wall())
        return Response(status=status.HTTP_204_NO_CONTENT)


def _own(caller: Caller, vehicle_id: UUID) -> Vehicle:
    car = Vehicle.objects.of(caller).kept().filter(id=vehicle_id).first()
    if car is None:
        raise NotFound
    return car
