"""What a crew says in words. Free text lives here alone, never in the event log."""

from django.db import models

from accounts.fields import SealedTextField
from dispatch.models.base import Tenanted
from dispatch.models.route import Stop
from dispatch.models.scopes import UnitScoped
from dispatch.models.unit import Unit


class Message(Tenanted):
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="messages")
    # A planned stop may vanish; what was said about it stays.
    stop = models.ForeignKey(Stop, on_delete=models.SET_NULL, null=True, related_name="messages")
    kind = models.TextField(help_text="a code, such as blocked_entrance")
    text = SealedTextField(blank=True)
    at = models.DateTimeField(help_text="world clock")
    by = models.TextField(help_text="person:<id> or device:<id>")

    objects = UnitScoped["Message"].as_manager()

    class Meta:
        ordering = ["at"]
        indexes = [models.Index(fields=["unit", "at"], name="messages_of_unit")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.unit_id}"
