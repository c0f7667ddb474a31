"""Roads that are closed or slow for a while, as a dispatcher said."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from dispatch.models.area import ServiceArea
from dispatch.models.base import Tenanted
from dispatch.models.scopes import DispatcherScoped


class Closures(DispatcherScoped["Closure"]):
    def in_force(self, now: datetime) -> "Closures":
        """Leave out those that are lifted, over, or still to come."""
        return self.filter(
            Q(until_at__isnull=True) | Q(until_at__gt=now), lifted_at__isnull=True, from_at__lte=now
        )

    def not_over(self, now: datetime) -> "Closures":
        """Leave out those that are lifted or over."""
        return self.filter(Q(until_at__isnull=True) | Q(until_at__gt=now), lifted_at__isnull=True)


class Closure(Tenanted):
    """A fact about the ground: it counts for whoever drives there, and its operator alone lifts it.

    `shape` is `{line: [[lat, lon], ...]}`, a road from node to node, or `{area: [...]}`, an outline.
    """

    class Kind(models.TextChoices):
        CLOSED = "closed"
        SLOW = "slow"

    area = models.ForeignKey(ServiceArea, on_delete=models.CASCADE, related_name="closures")
    kind = models.TextField(choices=Kind)
    shape = models.JSONField()
    speed_pct = models.PositiveSmallIntegerField(help_text="of what is driven there otherwise; 0: closed")
    why = models.TextField(blank=True)
    from_at = models.DateTimeField(help_text="world clock")
    until_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    made_by = models.TextField()
    lifted_at = models.DateTimeField(null=True)
    known_at = models.DateTimeField(null=True, help_text="since when the road engine knows it")

    objects = Closures.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="closed", speed_pct=0) | Q(kind="slow", speed_pct__gte=5, speed_pct__lte=95),
                name="closure_has_a_speed",
            ),
            models.CheckConstraint(
                condition=Q(until_at__isnull=True) | Q(until_at__gt=F("from_at")), name="closure_has_a_length"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
