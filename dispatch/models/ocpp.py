"""Every frame a charger and we have exchanged, as it was; and what decides that each has its effect once."""

from django.db import models

from dispatch.models.base import Tenanted
from dispatch.models.charger import Charger
from dispatch.models.scopes import DispatcherScoped
from dispatch.models.session import ChargingSession


class OcppMessage(Tenanted):
    """One frame, never changed (the database refuses). A call of the charger's carries our answer."""

    id = models.BigAutoField(primary_key=True)  # type: ignore[assignment]  # read in order
    charger = models.ForeignKey(Charger, on_delete=models.PROTECT, related_name="+", db_index=False)
    session = models.ForeignKey(ChargingSession, on_delete=models.PROTECT, null=True, related_name="messages")
    link = models.UUIDField(help_text="the socket")
    protocol = models.TextField()
    ours = models.BooleanField(help_text="said by us")
    action = models.TextField(blank=True)
    message_id = models.TextField(blank=True)
    frame = models.TextField()
    answer = models.TextField(blank=True)
    at = models.DateTimeField(help_text="world clock")

    objects = DispatcherScoped["OcppMessage"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["charger", "-id"], name="messages_of_charger")]

    def __str__(self) -> str:
        return f"{self.action} {self.message_id}"


class Receipt(Tenanted):
    """One thing a charger reported, by what makes it that one thing, with what it was answered.

    A repetition, under whatever message id, finds the row taken and gets the first answer again.
    """

    id = models.BigAutoField(primary_key=True)  # type: ignore[assignment]  # nobody refers to it
    charger = models.ForeignKey(Charger, on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.TextField()
    digest = models.CharField(max_length=64)
    answer = models.JSONField(null=True)
    session = models.ForeignKey(ChargingSession, on_delete=models.PROTECT, null=True, related_name="+")

    objects = DispatcherScoped["Receipt"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["charger", "key"], name="receipt_once")]

    def __str__(self) -> str:
        return self.key
