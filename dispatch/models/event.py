"""Outbox, replay log and audit in one table, counted without gaps per stream."""

from django.db import models

from accounts.models import Operator
from dispatch.models.scopes import DispatcherScoped


class Event(models.Model):
    """Holds ids, never names, plates, phones, codes or free text."""

    id = models.BigAutoField(primary_key=True)
    operator = models.ForeignKey(Operator, on_delete=models.PROTECT, related_name="+")
    stream = models.TextField(help_text="area:<id>, request:<id> or unit:<id>")
    seq = models.PositiveBigIntegerField()
    type = models.TextField()
    data = models.JSONField(default=dict)
    cause = models.TextField(blank=True)
    actor = models.TextField(help_text="person:<id>, device:<id>, planner, system")
    at = models.DateTimeField(help_text="world clock")

    objects = DispatcherScoped["Event"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "seq"], name="event_once_per_stream")]

    def __str__(self) -> str:
        return f"{self.stream} {self.seq} {self.type}"


class StreamCounter(models.Model):
    """Raised as the last statement of the writing transaction, so that commits come in its order.

    A database sequence would not do: two transactions may commit in the other order than they drew.
    """

    stream = models.TextField(primary_key=True)
    operator = models.ForeignKey(Operator, on_delete=models.PROTECT, related_name="+")
    seq = models.PositiveBigIntegerField(default=0)
    forgotten = models.PositiveBigIntegerField(
        default=0, db_default=0, help_text="events up to this number are too old to be kept"
    )

    objects = DispatcherScoped["StreamCounter"].as_manager()

    def __str__(self) -> str:
        return f"{self.stream} {self.seq}"
