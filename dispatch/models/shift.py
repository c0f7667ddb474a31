"""A crew on a unit between two times, and the daily roster shifts are made from."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q

from accounts.models import Person
from dispatch.models.base import Tenanted
from dispatch.models.scopes import UnitScoped
from dispatch.models.unit import Unit


class TsTzRange(models.Func):
    """PostgreSQL's range of two instants: start inside, end outside."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class RosterLine(Tenanted):
    """What repeats every day, in the area's local time."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="roster")
    crew = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    starts_local = models.TimeField()
    duration_s = models.PositiveIntegerField()
    breaks = models.JSONField(default=list, help_text="[{after_s, before_s, duration_s}]")

    objects = UnitScoped["RosterLine"].as_manager()

    def __str__(self) -> str:
        return f"{self.unit_id} from {self.starts_local:%H:%M}"


class Shift(Tenanted):
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="shifts")
    crew = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    breaks = models.JSONField(default=list, help_text="[{id, earliest, latest, duration_s}]")

    objects = UnitScoped["Shift"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["operator", "id"], name="shift_of_operator"),
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="shift_has_length"),
            ExclusionConstraint(
                name="shifts_of_a_unit_do_not_overlap",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    (
                        TsTzRange("starts_at", "ends_at", RangeBoundary()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.starts_at:%d %H:%M}"
