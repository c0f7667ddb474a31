"""Energy flowing into a car, or into a pack of ours, as it was metered."""

from django.db import models
from django.db.models import Q

from dispatch.models.attachment import Attachment
from dispatch.models.base import Tenanted
from dispatch.models.charger import Charger
from dispatch.models.request import ChargeRequest
from dispatch.models.route import Stop
from dispatch.models.scopes import AskedScoped
from dispatch.models.unit import Pack


class SessionRows(AskedScoped["ChargingSession"]):
    person_path = "request__person_id"


class Flag(models.TextChoices):
    """What is not as it should be with a session; nothing is invented to hide it."""

    NO_STOP = "no_stop"
    NO_START = "interval_without_start"
    END_MISSING = "end_missing"
    GAP = "gap"
    BACKWARDS = "register_backwards"
    REPLACED = "meter_replaced"
    ROLLOVER = "rollover"
    WRONG_CLOCK = "wrong_clock"
    AFTER_END = "values_after_end"
    CREW_READING = "crew_reading"
    CONTRADICTED = "contradicted"


class ChargingSession(Tenanted):
    """Belongs to a charger, and to a request (a car) or a pack; names its stop. Without a stop: an alarm."""

    class State(models.TextChoices):
        PREPARING = "Preparing"
        CHARGING = "Charging"
        SUSPENDED_EV = "SuspendedEV"
        SUSPENDED_EVSE = "SuspendedEVSE"
        FINISHING = "Finishing"
        FAULTED = "Faulted"

    request = models.ForeignKey(ChargeRequest, on_delete=models.PROTECT, null=True, related_name="sessions")
    pack = models.ForeignKey(Pack, on_delete=models.PROTECT, null=True, related_name="sessions")
    charger = models.ForeignKey(Charger, on_delete=models.PROTECT, related_name="sessions")
    stop = models.ForeignKey(Stop, on_delete=models.PROTECT, null=True, related_name="sessions")
    connector = models.PositiveSmallIntegerField(default=1)
    number = models.PositiveIntegerField(null=True, help_text="OCPP 1.6's transaction id, given by us")
    ref = models.CharField(max_length=36, blank=True, help_text="OCPP 2.0.1's, given by the charger")
    state = models.TextField(choices=State, default=State.PREPARING)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    end_reason = models.TextField(blank=True)
    meter_start_wh = models.PositiveBigIntegerField()
    meter_end_wh = models.PositiveBigIntegerField(null=True, help_text="read last")
    energy_wh = models.PositiveBigIntegerField(default=0, help_text="counted by the outlet's meter so far")
    soc_start = models.FloatField(null=True)
    soc_end = models.FloatField(null=True)
    power_w = models.PositiveIntegerField(null=True)
    read_at = models.DateTimeField(null=True)
    seq_end = models.PositiveIntegerField(null=True, help_text="number of OCPP 2.0.1's last event")
    seqs_taken = models.PositiveIntegerField(default=0)
    flags = models.JSONField(default=list)

    objects = SessionRows.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["charger", "connector"], name="sessions_open", condition=Q(ended_at__isnull=True)
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["operator", "id"], name="session_of_operator"),
            models.UniqueConstraint(
                fields=["charger", "number"], condition=Q(number__isnull=False), name="session_number_once"
            ),
            models.UniqueConstraint(fields=["charger", "ref"], condition=~Q(ref=""), name="session_ref_once"),
            models.UniqueConstraint(
                fields=["charger", "connector"],
                condition=Q(ended_at__isnull=True),
                name="one_open_session_per_connector",
            ),
            models.CheckConstraint(
                condition=Q(request__isnull=True) | Q(pack__isnull=True), name="session_of_a_car_or_a_pack"
            ),
            models.CheckConstraint(
                condition=(Q(soc_start__isnull=True) | Q(soc_start__gte=0, soc_start__lte=1))
                & (Q(soc_end__isnull=True) | Q(soc_end__gte=0, soc_end__lte=1)),
                name="session_soc_in_range",
            ),
        ]

    def __str__(self) -> str:
        return f"session {self.id}"

    def mark(self, flag: str) -> None:
        """Note what is not as it should be."""
        if flag not in self.flags:
            self.flags = sorted([*self.flags, str(flag)])

    def unmark(self, flag: str) -> None:
        """Take it back: what was missing has come."""
        self.flags = [known for known in self.flags if known != flag]


class ReadingRows(AskedScoped["MeterReading"]):
    person_path = "session__request__person_id"


class MeterReading(Tenanted):
    session = models.ForeignKey(ChargingSession, on_delete=models.PROTECT, related_name="readings")
    at = models.DateTimeField(help_text="when it was read, as far as that can be true")
    said_at = models.DateTimeField(help_text="when the device says that it was read")
    register_wh = models.PositiveBigIntegerField(null=True)
    power_w = models.PositiveIntegerField(null=True)
    offered_w = models.PositiveIntegerField(null=True)
    soc = models.FloatField(null=True)
    signed = models.TextField(blank=True, help_text="as it came: OCMF or another signed form")
    source = models.TextField(choices=[("crew", "crew"), ("charger", "charger")])
    photo = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ReadingRows.as_manager()

    class Meta:
        ordering = ["at"]
        constraints = [
            # A clock that stands still says the same instant of every value.
            models.UniqueConstraint(
                fields=["session", "said_at", "register_wh", "source"],
                nulls_distinct=False,
                name="one_reading_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.register_wh} Wh"
