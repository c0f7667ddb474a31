"""What crews do, in a van or on level -3; robots do it with their device's credential."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.callers import Caller
from dispatch import clock
from dispatch.api.documents import document
from dispatch.api.guards import IsCrew
from dispatch.api.view import ApiView
from dispatch.errors import NotFound
from dispatch.selectors.day import find_unit, get_day, is_stop_of
from dispatch.selectors.documents.day import Day, Taken
from dispatch.services.numbers import NumberField
from dispatch.services.pictures import LARGEST_BYTES
from dispatch.services.reports import keep_report
from dispatch.services.stops import (
    Report,
    arrive_at_stop,
    depart_for_stop,
    fail_stop,
    finish_stop,
    start_stop,
    stop_charge,
)

log = structlog.get_logger(__name__)
Action = Callable[[Caller, UUID, Report, datetime, datetime], None]
ACTIONS: dict[str, Action] = {
    "depart": depart_for_stop,
    "arrive": arrive_at_stop,
    "start": start_stop,
    "stop": stop_charge,
    "finish": finish_stop,
    "fail": fail_stop,
}


# A picture as base64, with the words before it.
LONGEST_PHOTO = LARGEST_BYTES * 4 // 3 + 100


class CrewView(ApiView):
    """Base of the crew's doors."""

    permission_classes: list[type[BasePermission]] = [IsCrew]

    @property
    def unit_id(self) -> UUID:
        """The unit this caller works on: of all they ever worked on, the one of now."""
        found = find_unit(self.caller, clock.now())
        if found is None:
            raise NotFound("no_shift", "There is no shift for you now or soon.")
        return found

    def day(self) -> Response:
        """Answer with the day as it is now."""
        return Response(get_day(self.unit_id, clock.now(), clock.wall(), clock.speed()))


class DayView(CrewView):
    @extend_schema(operation_id="crew_day", responses=document(Day))
    def get(self, request: Request) -> Response:
        """Show my unit, shift and stops."""
        return self.day()


class ReportInput(serializers.Serializer[Any]):
    """What comes with an action; which of it is needed depends on the action."""

    at = serializers.DateTimeField(required=False, allow_null=True)
    meter_wh = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=10**12)
    car_soc = NumberField(required=False, allow_null=True, min_value=0, max_value=1)
    pack_soc = NumberField(required=False, allow_null=True, min_value=0, max_value=1)
    reason = serializers.RegexField(r"^[a-z_]{0,40}$", required=False, allow_blank=True, default="")
    note = serializers.CharField(required=False, allow_blank=True, max_length=500, default="")
    plate = serializers.CharField(required=False, allow_blank=True, max_length=16, default="")
    pin = serializers.RegexField(r"^[0-9]{0,8}$", required=False, allow_blank=True, default="")
    photo = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST_PHOTO, default="")


class StopActionView(CrewView):
    action = ""

    @extend_schema(request=ReportInput, responses=document(Day))
    def post(self, request: Request, stop_id: UUID) -> Response:
        """Move a stop on."""
        typed = ReportInput(data=request.data)
        typed.is_valid(raise_exception=True)
        if not is_stop_of(self.caller, stop_id, self.unit_id):
            raise NotFound
        ACTIONS[self.action](self.caller, stop_id, Report(**typed.validated_data), clock.now(), clock.wall())
        return self.day()


class IncidentInput(serializers.Serializer[Any]):
    kind = serializers.RegexField(r"^[a-z_]{1,40}$")
    text = serializers.CharField(required=False, allow_blank=True, max_length=2000, default="")
    stop = serializers.UUIDField(required=False, allow_null=True)


class ReportsView(CrewView):
    @extend_schema(operation_id="crew_report", request=IncidentInput, responses={202: document(Taken)})
    def post(self, request: Request) -> Response:
        """Report something that is not about one action."""
        typed = IncidentInput(data=request.data)
        typed.is_valid(raise_exception=True)
        said = typed.validated_data
        keep_report(
            self.caller, self.unit_id, said["kind"], clock.now(), text=said["text"], stop_id=said.get("stop")
        )
        return Response({"taken": 1, "ignored": 0}, status=status.HTTP_202_ACCEPTED)
