"""A charger: the outlet of a unit, or a depot's plug; what it says of itself, and what it is told."""

import hashlib
import secrets
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.crypto import constant_time_compare

from dispatch.models.base import Tenanted
from dispatch.models.depot import Plug
from dispatch.models.scopes import UnitScoped
from dispatch.models.unit import Unit

SHORTEST_KEY, LONGEST_KEY = 16, 40
LONGEST_IDENTITY = 48
FAULTED = "Faulted"


class Protocol(models.TextChoices):
    """As subprotocols name them."""

    OCPP16 = "ocpp1.6"
    OCPP201 = "ocpp2.0.1"


class ChargerRows(UnitScoped["Charger"]):
    def find_by_identity(self, identity: str) -> "Charger | None":
        """Find the charger a handshake names; whether it is that one, its key must show."""
        return self.filter(identity=identity).first()


class Charger(Tenanted):
    """Sits in a unit (on its pack) or at a depot's plug. With an identity it speaks OCPP."""

    unit = models.OneToOneField(Unit, on_delete=models.CASCADE, null=True, related_name="charger")
    plug = models.OneToOneField(Plug, on_delete=models.CASCADE, null=True, related_name="charger")
    connectors = models.JSONField()
    power_w = models.PositiveIntegerField()
    efficiency_pct = models.PositiveSmallIntegerField(help_text="pack to outlet, or grid to pack")
    min_v = models.PositiveIntegerField(default=150)
    max_v = models.PositiveIntegerField(default=1000)
    identity = models.CharField(max_length=LONGEST_IDENTITY, blank=True, help_text="OCPP charge point id")
    protocol = models.TextField(choices=Protocol, blank=True, help_text="the only one it may speak, if set")
    key_sha256 = models.CharField(max_length=64, blank=True, editable=False)

    objects = ChargerRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["operator", "id"], name="charger_of_operator"),
            models.CheckConstraint(
                condition=Q(efficiency_pct__gte=50, efficiency_pct__lte=100), name="charger_efficiency"
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=False, plug__isnull=True) | Q(unit__isnull=True, plug__isnull=False),
                name="charger_in_a_unit_or_at_a_plug",
            ),
            models.UniqueConstraint(
                fields=["identity"], condition=~Q(identity=""), name="charger_identity_once"
            ),
        ]

    def __str__(self) -> str:
        return self.identity or f"charger of {self.unit_id or self.plug_id}"

    @property
    def able_w(self) -> int:
        """Return the power it can give now: what it should, unless it says less."""
        state = getattr(self, "state", None)
        limit_w = None if state is None else state.limit_w
        return self.power_w if limit_w is None else min(limit_w, self.power_w)

    @property
    def speaks(self) -> bool:
        """Say whether it reports by itself: then nobody types its readings."""
        return bool(self.identity)

    def issue_key(self) -> str:
        """Give it a new key, which is never seen again; the old one ends."""
        key = secrets.token_urlsafe(24)
        self.set_key(key)
        return key

    def set_key(self, key: str) -> None:
        """Take the key a charger came with."""
        if not SHORTEST_KEY <= len(key) <= LONGEST_KEY:
            raise ValueError(f"a key has {SHORTEST_KEY} to {LONGEST_KEY} characters")
        self.key_sha256 = self._digest(key)

    def has_key(self, key: str) -> bool:
        """Say whether this is its key."""
        return bool(self.key_sha256) and constant_time_compare(self.key_sha256, self._digest(key))

    def _digest(self, key: str) -> str:
        # Random and long: a plain hash keeps it, and five hundred may come back at once after a restart.
        return hashlib.sha256(f"{self.id}:{key}".encode()).hexdigest()


class OfCharger[M: models.Model](UnitScoped[M]):
    """What belongs to a charger: whoever sees its unit sees it."""

    unit_path = "charger__unit_id"


class ChargerState(Tenanted):
    """What a charger said last. `link` is the one socket that speaks for it: all others are fenced off."""

    charger = models.OneToOneField(Charger, on_delete=models.CASCADE, related_name="state")
    link = models.UUIDField(null=True)
    protocol = models.TextField(choices=Protocol, blank=True)
    connected_at = models.DateTimeField(null=True, help_text="human clock")
    seen_at = models.DateTimeField(null=True, help_text="human clock")
    booted_at = models.DateTimeField(null=True)
    vendor = models.TextField(blank=True)
    model = models.TextField(blank=True)
    firmware = models.TextField(blank=True)
    status = models.TextField(default="Unavailable", help_text="the connector's, in OCPP's words")
    error_code = models.TextField(blank=True)
    status_at = models.DateTimeField(null=True)
    power_w = models.PositiveIntegerField(null=True)
    limit_w = models.PositiveIntegerField(null=True, help_text="the most it gives, while less than it should")
    measured_at = models.DateTimeField(null=True)

    objects = OfCharger["ChargerState"].as_manager()

    def __str__(self) -> str:
        return f"{self.charger_id} {self.status}"

    @property
    def is_broken(self) -> bool:
        """Say whether it says that it cannot charge anybody."""
        return self.status == FAULTED

    @classmethod
    def of_charger(cls, charger: Charger) -> Self:
        """Build the state of one nobody has heard of yet."""
        return cls(operator_id=charger.operator_id, charger=charger)


class CommandStatus(models.TextChoices):
    QUEUED = "queued"
    SENT = "sent"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    TIMED_OUT = "timed_out"


class ChargerCommand(Tenanted):
    """What a charger is told to do: by whom, why, and what became of it."""

    class Verb(models.TextChoices):
        START = "start"
        STOP = "stop"
        UNLOCK = "unlock"
        RESET = "reset"
        CONFIGURE = "configure"
        READ = "read"
        TRIGGER = "trigger"
        CAP = "cap"
        LIMIT = "limit"
        AVAILABILITY = "availability"

    charger = models.ForeignKey(Charger, on_delete=models.CASCADE, related_name="commands")
    stop = models.ForeignKey("dispatch.Stop", on_delete=models.SET_NULL, null=True, related_name="commands")
    session = models.ForeignKey(
        "dispatch.ChargingSession", on_delete=models.SET_NULL, null=True, related_name="commands"
    )
    verb = models.TextField(choices=Verb)
    said = models.JSONField(default=dict, help_text="what exactly, in no protocol's words")
    status = models.TextField(choices=CommandStatus, default=CommandStatus.QUEUED)
    who = models.TextField()
    why = models.TextField(blank=True)
    link = models.UUIDField(null=True, help_text="the socket it was sent on")
    answer = models.JSONField(null=True)
    queued_at = models.DateTimeField(help_text="human clock, as all below")
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    objects = OfCharger["ChargerCommand"].as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["charger", "-queued_at"], name="commands_of_charger"),
            models.Index(
                fields=["queued_at"], name="commands_unanswered", condition=Q(status__in=["queued", "sent"])
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["charger"], condition=Q(status="sent"), name="one_open_call_per_charger"
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("queued_at")), name="command_lives"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.status}"
