"""What will go wrong if nobody does anything, as the house knows it."""

from django.db import models

from dispatch.models.area import ServiceArea
from dispatch.models.base import Tenanted
from dispatch.models.request import ChargeRequest
from dispatch.models.scopes import DispatcherScoped
from dispatch.models.unit import Unit


class RiskKind(models.TextChoices):
    """Stable names, the worst first: in this order a dispatcher reads them."""

    STRANDED = "stranded"
    NOT_SERVED = "not_served"
    CHARGER_FAULT = "charger_fault"
    ACCESS_CLOSED = "access_closed"
    PREDICTED_LATE = "predicted_late"
    LOW_SOC = "low_soc"
    NOT_CHARGING = "not_charging"
    SUSPENDED = "suspended"
    PLUG_CONFLICT = "plug_conflict"
    STALE = "stale"
    PLUG_DOWN = "plug_down"
    PROMISE_AT_RISK = "promise_at_risk"


class RiskItem(Tenanted):
    """One row while it lasts, one per kind and subject; the event log remembers those that are over.

    `stop` and `plug` are names, not links: a stop that is planned away must not take its risk with it
    unsaid. `facts` holds whole numbers, `hurt` whom it touches, `fix` the best way out that was proven.
    """

    area = models.ForeignKey(ServiceArea, on_delete=models.CASCADE, related_name="risks")
    kind = models.TextField(choices=RiskKind)
    subject = models.UUIDField(help_text="the request, unit, stop or plug it is about")
    since = models.DateTimeField(help_text="world clock")
    cause = models.TextField()
    facts = models.JSONField(default=dict)
    at = models.DateTimeField(null=True, help_text="when it bites")
    hurt = models.JSONField(default=list, help_text="[{request, what, promised, late_s}]")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, related_name="risks")
    request = models.ForeignKey(ChargeRequest, on_delete=models.CASCADE, null=True, related_name="risks")
    stop = models.UUIDField(null=True)
    plug = models.UUIDField(null=True)
    fix = models.JSONField(null=True)
    tried = models.TextField(blank=True, help_text="for what a fix was sought last: plan and stop")

    objects = DispatcherScoped["RiskItem"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "kind", "subject"], name="one_risk_once"),
            models.CheckConstraint(condition=models.Q(kind__in=RiskKind.values), name="risk_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"
