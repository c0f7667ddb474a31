"""An answer to a wish: offers that are priced, proven and short-lived, or a refusal with its reasons."""

from django.db import models
from django.db.models import F, Q

from accounts.fields import SealedTextField
from accounts.models import Operator, Person
from accounts.scoping import PersonScoped
from dispatch.models.area import ServiceArea
from dispatch.models.base import Row
from dispatch.models.scopes import OwnerPathScoped
from dispatch.models.site import Site
from dispatch.models.tariff import Tariff
from dispatch.models.unit import Unit
from dispatch.models.vehicle import Vehicle


class Quote(Row):
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="quotes")
    vehicle = models.ForeignKey(Vehicle, on_delete=models.CASCADE, related_name="quotes")
    area = models.ForeignKey(ServiceArea, on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="+")
    lat = models.FloatField()
    lon = models.FloatField()
    place_text = SealedTextField(blank=True)
    soc = models.FloatField()
    energy_wh = models.PositiveIntegerField(help_text="at the outlet's meter")
    earliest = models.DateTimeField()
    latest = models.DateTimeField()
    urgency = models.TextField(default="normal")
    created_at = models.DateTimeField(help_text="world clock")
    plan_version = models.PositiveBigIntegerField()
    refusal = models.JSONField(null=True)

    objects = PersonScoped["Quote"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(soc__gte=0, soc__lte=1), name="quote_soc_in_range"),
            models.CheckConstraint(condition=Q(earliest__lte=F("latest")), name="quote_window"),
        ]

    def __str__(self) -> str:
        return f"quote {self.id}"


class OfferRows(OwnerPathScoped["Offer"]):
    person_path = "quote__person_id"


class Offer(Row):
    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="offers")
    operator = models.ForeignKey(Operator, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    tariff = models.ForeignKey(Tariff, on_delete=models.PROTECT, related_name="+")
    kind = models.TextField(help_text="asap or slot")
    relaxes = models.TextField(blank=True, help_text="for an alternative: what it asks the driver to give")
    text = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField()
    earliest = models.DateTimeField()
    latest = models.DateTimeField()
    arrival_p50 = models.DateTimeField()
    arrival_p90 = models.DateTimeField()
    ready_p90 = models.DateTimeField()
    energy_wh = models.PositiveIntegerField()
    soc_after = models.FloatField()
    price = models.JSONField()
    expires_at = models.DateTimeField(help_text="human clock")
    taken_at = models.DateTimeField(null=True, help_text="human clock")

    objects = OfferRows.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["operator", "id"], name="offer_of_operator"),
            models.CheckConstraint(
                condition=Q(soc_after__gte=0, soc_after__lte=1), name="offer_soc_in_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} offer {self.id}"
