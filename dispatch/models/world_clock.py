"""The one row from which every process reads world time (`dispatch.clock` reads and writes it)."""

from django.db import models
from django.db.models import Q

from accounts.scoping import Internal


class WorldClockQuerySet(Internal["WorldClock"]):
    """The time is told by the clock, not by its row."""


class WorldClock(models.Model):
    """World time = anchor + (wall time - anchor_wall) x speed, while the house is alive."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    speed = models.FloatField()
    anchor = models.DateTimeField()
    anchor_wall = models.DateTimeField()
    alive_wall = models.DateTimeField()
    running = models.BooleanField()

    objects = WorldClockQuerySet.as_manager()

    class Meta:
        db_table = "dispatch_world_clock"
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="world_clock_is_one_row"),
            models.CheckConstraint(condition=Q(speed__gt=0), name="world_clock_runs_forwards"),
        ]

    def __str__(self) -> str:
        return "world clock"
