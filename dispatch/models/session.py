"""Energy flowing into a car, as it was metered."""

from django.db import models
from django.db.models import F, Q

from dispatch.models.base import Tenanted
from dispatch.models.request import ChargeRequest
from dispatch.models.route import Stop
from dispatch.models.scopes import AskedScoped
from dispatch.models.unit import Charger


class SessionRows(AskedScoped["ChargingSession"]):
    person_path = "request__person_id"


class ChargingSession(Tenanted):
    """Belongs to a request and a charger, and names its stop."""

    class State(models.TextChoices):
        PREPARING = "Preparing"
        CHARGING = "Charging"
        SUSPENDED_EV = "SuspendedEV"
        SUSPENDED_EVSE = "SuspendedEVSE"
        FINISHING = "Finishing"
        FAULTED = "Faulted"

    request = models.ForeignKey(ChargeRequest, on_delete=models.PROTECT, related_name="sessions")
    charger = models.ForeignKey(Charger, on_delete=models.PROTECT, related_name="sessions")
    stop = models.OneToOneField(Stop, on_delete=models.PROTECT, related_name="session")
    state = models.TextField(choices=State, default=State.PREPARING)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    meter_start_wh = models.PositiveBigIntegerField()
    meter_end_wh = models.PositiveBigIntegerField(null=True)
    soc_start = models.FloatField(null=True)
    soc_end = models.FloatField(null=True)

    objects = SessionRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["operator", "id"], name="session_of_operator"),
            models.CheckConstraint(
                condition=Q(meter_end_wh__isnull=True) | Q(meter_end_wh__gte=F("meter_start_wh")),
                name="register_never_backwards",
            ),
            models.CheckConstraint(
                condition=(Q(soc_start__isnull=True) | Q(soc_start__gte=0, soc_start__lte=1))
                & (Q(soc_end__isnull=True) | Q(soc_end__gte=0, soc_end__lte=1)),
                name="session_soc_in_range",
            ),
        ]

    def __str__(self) -> str:
        return f"session {self.id}"

    @property
    def energy_wh(self) -> int:
        """Return what the outlet's meter counted so far, as far as it was read."""
        return 0 if self.meter_end_wh is None else self.meter_end_wh - self.meter_start_wh


class ReadingRows(AskedScoped["MeterReading"]):
    person_path = "session__request__person_id"


class MeterReading(Tenanted):
    session = models.ForeignKey(ChargingSession, on_delete=models.PROTECT, related_name="readings")
    at = models.DateTimeField()
    register_wh = models.PositiveBigIntegerField()
    soc = models.FloatField(null=True)
    source = models.TextField(choices=[("crew", "crew"), ("charger", "charger")])

    objects = ReadingRows.as_manager()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(fields=["session", "at", "source"], name="one_reading_per_instant")
        ]

    def __str__(self) -> str:
        return f"{self.register_wh} Wh"
