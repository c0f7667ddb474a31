"""What an unsafe call answered, kept so that the same call again has no second effect."""

from datetime import datetime, timedelta

from django.db import models

from accounts.fields import SealedTextField
from accounts.ids import new_id
from accounts.scoping import Internal

KEPT = timedelta(hours=48)


class IdempotencyKeyQuerySet(Internal["IdempotencyKey"]):
    """Keys are looked up by the API's own plumbing only."""


class IdempotencyKey(models.Model):
    """One finished call of one caller; written in the transaction of its effect."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    caller = models.CharField(max_length=80)
    key = models.CharField(max_length=200)
    # Method, address and body: the same key must mean the same call.
    fingerprint = models.CharField(max_length=64)
    status = models.SmallIntegerField()
    # Holds what its caller was told: places and plates among it.
    body = SealedTextField(blank=True)
    created_at = models.DateTimeField(db_index=True)

    objects = IdempotencyKeyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["caller", "key"], name="idempotency_key_is_used_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @classmethod
    def find(cls, caller: str, key: str, at: datetime) -> "IdempotencyKey | None":
        """Return the call kept under this key, unless its time is over."""
        kept = cls.objects.filter(caller=caller, key=key).first()
        if kept is not None and kept.created_at < at - KEPT:
            kept.delete()
            return None
        return kept

    @classmethod
    def purge_before(cls, at: datetime) -> int:
        """Delete what is older; returns how many."""
        return cls.objects.filter(created_at__lt=at).delete()[0]
