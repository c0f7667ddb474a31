"""A charge request: energy wanted for a vehicle at a place in a window, accepted and promised."""

from django.db import models
from django.db.models import F, Q

from accounts.fields import SealedTextField
from accounts.models import Person
from dispatch.models.area import ServiceArea
from dispatch.models.base import Tenanted
from dispatch.models.quote import Offer
from dispatch.models.scopes import AskedScoped
from dispatch.models.site import Site
from dispatch.models.tariff import Tariff
from dispatch.models.vehicle import Vehicle


class Status(models.TextChoices):
    BOOKED = "booked"
    ASSIGNED = "assigned"
    EN_ROUTE = "en_route"
    ON_SITE = "on_site"
    CHARGING = "charging"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"
    UNSERVICEABLE = "unserviceable"
    FAILED = "failed"


OPEN = (Status.BOOKED, Status.ASSIGNED, Status.EN_ROUTE, Status.ON_SITE, Status.CHARGING)
PLANNABLE = (Status.BOOKED, Status.ASSIGNED)


class ChargeRequest(Tenanted):
    area = models.ForeignKey(ServiceArea, on_delete=models.PROTECT, related_name="requests")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="requests")
    vehicle = models.ForeignKey(Vehicle, on_delete=models.PROTECT, related_name="requests")
    offer = models.OneToOneField(Offer, on_delete=models.PROTECT, related_name="request")
    tariff = models.ForeignKey(Tariff, on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="+")
    lat = models.FloatField()
    lon = models.FloatField()
    place_text = SealedTextField(blank=True)
    energy_wh = models.PositiveIntegerField(help_text="at the outlet's meter, as promised")
    soc_from = models.FloatField()
    soc_after = models.FloatField()
    earliest = models.DateTimeField()
    latest = models.DateTimeField()
    urgency = models.TextField(default="normal")
    status = models.TextField(choices=Status, default=Status.BOOKED)
    version = models.PositiveIntegerField(default=1)
    cause = models.TextField(blank=True, help_text="why it went back, or how it ended")
    not_served = models.JSONField(null=True, help_text="{code, detail} while no unit fits")
    setup_s = models.PositiveIntegerField(help_text="at the car before energy flows")
    wrapup_s = models.PositiveIntegerField(help_text="and after")
    price = models.JSONField()
    created_at = models.DateTimeField(help_text="world clock")
    stage_at = models.JSONField(default=dict, help_text="status -> instant it was reached")
    rounded = models.BooleanField(
        default=False, db_default=False, help_text="of its place only the H3 cell is left"
    )

    objects = AskedScoped["ChargeRequest"].as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["area", "status"], name="requests_of_area"),
            # Those whose place will be forgotten: never more than of the last months.
            models.Index(fields=["latest"], name="requests_placed", condition=Q(rounded=False)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["operator", "id"], name="request_of_operator"),
            models.UniqueConstraint(
                fields=["vehicle"], condition=Q(status__in=OPEN), name="one_open_request_per_vehicle"
            ),
            models.CheckConstraint(
                condition=Q(soc_from__gte=0, soc_from__lte=F("soc_after"), soc_after__lte=1),
                name="request_soc_in_range",
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="request_status_known"),
        ]

    def __str__(self) -> str:
        return f"request {self.id}"

    @property
    def is_open(self) -> bool:
        """Say whether energy is still owed."""
        return self.status in OPEN


class PromiseRows(AskedScoped["Promise"]):
    person_path = "request__person_id"


class Promise(Tenanted):
    """What the driver was told, when, and why it changed. A new version never overwrites the old."""

    request = models.ForeignKey(ChargeRequest, on_delete=models.CASCADE, related_name="promises")
    version = models.PositiveIntegerField()
    arrival_p50 = models.DateTimeField()
    arrival_p90 = models.DateTimeField()
    ready_p90 = models.DateTimeField()
    energy_wh = models.PositiveIntegerField()
    told_at = models.DateTimeField()
    reason = models.TextField(blank=True)
    credit_minor = models.PositiveIntegerField(default=0)

    objects = PromiseRows.as_manager()

    class Meta:
        ordering = ["version"]
        constraints = [models.UniqueConstraint(fields=["request", "version"], name="promise_version")]

    def __str__(self) -> str:
        return f"promise {self.version} of {self.request_id}"
