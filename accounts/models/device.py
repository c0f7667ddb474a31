"""A device's credential: for one unit, hashed, revocable."""

import hashlib
import secrets
from datetime import datetime
from typing import Self
from uuid import UUID

from django.db import models
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.ids import new_id
from accounts.models.operator import Operator
from accounts.scoping import OperatorScoped

PREFIX = "vd_"


class DeviceQuerySet(OperatorScoped["Device"]):
    """Devices are the operator's."""


class Device(models.Model):
    """What a unit (its tablet, its gateway) signs in with.

    `unit` is a bare id: this app stands below the one that has units.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    operator = models.ForeignKey(Operator, models.CASCADE, related_name="devices")
    unit = models.UUIDField(db_index=True)
    label = models.CharField(max_length=80, blank=True)
    secret_sha256 = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = DeviceQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.id)

    @classmethod
    def issue(cls, operator_id: UUID, unit: UUID, label: str = "") -> tuple[Self, str]:
        """Make a device and its credential; the credential is never seen again."""
        secret = secrets.token_urlsafe(32)
        device = cls(operator_id=operator_id, unit=unit, label=label, secret_sha256=_digest(secret))
        device.save(force_insert=True)
        return device, f"{PREFIX}{device.id.hex}_{secret}"

    @classmethod
    def find_by_credential(cls, credential: str) -> "Device | None":
        """Return the device that holds this credential, unless it was revoked."""
        key = cls.read_id(credential)
        device = None if key is None else cls.objects.filter(pk=key, revoked_at=None).first()
        return device if device is not None and device.holds(credential) else None

    @staticmethod
    def read_id(credential: str) -> UUID | None:
        """Read whose credential this says to be; None when it says nothing."""
        try:
            return UUID(credential.removeprefix(PREFIX).partition("_")[0])
        except ValueError:
            return None

    def holds(self, credential: str) -> bool:
        """Say whether this is really its credential."""
        secret = credential.removeprefix(PREFIX).partition("_")[2]
        # The secret is 256 random bits: one round of a plain hash keeps it.
        return constant_time_compare(self.secret_sha256, _digest(secret))

    def revoke(self, at: datetime) -> None:
        """End the credential; every later call with it is nobody's."""
        self.revoked_at = at
        self.save(update_fields=["revoked_at"])


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
