"""A published plan, kept as the documents it was judged on; and the wish for the next one."""

from django.db import models
from django.db.models import F, Q

from dispatch.models.area import ServiceArea
from dispatch.models.base import Tenanted
from dispatch.models.scopes import DispatcherScoped


class Plan(Tenanted):
    """Immutable. Its documents are what web processes quote from and what history, what-if and audit read.

    A part says what is new of one unit; what the others do stands in the version it is a part of.
    """

    area = models.ForeignKey(ServiceArea, on_delete=models.PROTECT, related_name="plans")
    version = models.PositiveBigIntegerField()
    part_of = models.PositiveBigIntegerField(null=True, help_text="the version before; null: a whole plan")
    published_at = models.DateTimeField(help_text="world clock")
    wanted_at = models.DateTimeField(null=True, help_text="human clock: the first event it answers")
    made_at = models.DateTimeField(null=True, help_text="human clock")
    writer = models.TextField(help_text="accept, publish, move or cancel")
    causes = models.JSONField(default=list)
    difference = models.JSONField(default=dict, help_text="{added, moved, removed} stops")
    cost = models.JSONField(default=dict)
    problem = models.BinaryField(help_text="zlib of the problem's JSON")
    plan = models.BinaryField(help_text="zlib of the plan's JSON")

    objects = DispatcherScoped["Plan"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "version"], name="plan_version")]
        indexes = [models.Index("made_at", name="plan_made_at")]

    def __str__(self) -> str:
        return f"plan {self.version}"


class ReplanWanted(Tenanted):
    """One row per area with a growing number; a worker claims it with a lease and stores what it covered."""

    area = models.OneToOneField(ServiceArea, on_delete=models.CASCADE, related_name="replan")
    wanted = models.PositiveBigIntegerField(default=0)
    done = models.PositiveBigIntegerField(default=0)
    causes = models.JSONField(default=list)
    lease = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True, help_text="human clock")
    urgent_at = models.DateTimeField(null=True, help_text="human clock: first wanted")

    objects = DispatcherScoped["ReplanWanted"].as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(done__lte=F("wanted")), name="done_behind_wanted")]

    def __str__(self) -> str:
        return f"{self.done} of {self.wanted}"
