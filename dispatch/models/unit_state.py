"""Where a unit is and what it holds, right now; and where it was."""

from django.db import models

from accounts.models import Operator
from dispatch.models.base import Tenanted
from dispatch.models.scopes import UnitScoped
from dispatch.models.unit import Unit


class UnitState(Tenanted):
    """Written only by a newer device time; latest wins."""

    class Activity(models.TextChoices):
        OFF_DUTY = "off_duty"
        AVAILABLE = "available"
        TRAVELLING = "travelling"
        ON_SITE = "on_site"
        DELIVERING = "delivering"
        RECHARGING = "recharging"
        ON_BREAK = "on_break"
        OUT_OF_SERVICE = "out_of_service"

    unit = models.OneToOneField(Unit, on_delete=models.CASCADE, related_name="state")
    activity = models.TextField(choices=Activity, default=Activity.OFF_DUTY)
    lat = models.FloatField()
    lon = models.FloatField()
    heading = models.FloatField(null=True)
    speed_mps = models.FloatField(default=0)
    fix_at = models.DateTimeField(null=True, help_text="device time of the fix, world clock")
    seen_at = models.DateTimeField(null=True, help_text="when the last fix came in, human clock")
    pack_wh = models.PositiveIntegerField()
    pack_at = models.DateTimeField()
    next_arrival_at = models.DateTimeField(null=True, help_text="at the stop it travels to")
    doubts = models.JSONField(default=list, help_text="[{at, lat, lon}]: fixes nobody believes yet")
    near_at = models.DateTimeField(null=True, help_text="standing at its stop since, device time")
    near_wall = models.DateTimeField(null=True, help_text="the same, human clock")

    objects = UnitScoped["UnitState"].as_manager()

    def __str__(self) -> str:
        return f"{self.unit_id} {self.activity}"


class Position(models.Model):
    """The trace: kept for a limited time, written in batches with asynchronous commit.

    A table of its own for each day of `at` (`services/trace.py`): to forget a day is one statement.
    """

    id = models.BigAutoField(primary_key=True)
    operator = models.ForeignKey(Operator, models.CASCADE, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="positions", db_index=False)
    at = models.DateTimeField()
    lat = models.FloatField()
    lon = models.FloatField()
    heading = models.FloatField(null=True)
    speed_mps = models.FloatField(default=0)

    objects = UnitScoped["Position"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "at"], name="one_fix_per_instant")]

    def __str__(self) -> str:
        return f"{self.unit_id} at {self.at:%H:%M:%S}"
