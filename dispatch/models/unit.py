"""A mobile charger: what it is, and the pack it delivers from."""

from django.db import models
from django.db.models import F, Q

from dispatch.models.area import ServiceArea
from dispatch.models.base import Tenanted
from dispatch.models.depot import Depot
from dispatch.models.scopes import UnitScoped
from dispatch.models.site import Site


class UnitRows(UnitScoped["Unit"]):
    unit_path = "id"


class Unit(Tenanted):
    class Kind(models.TextChoices):
        VAN = "van"
        ROBOT = "robot"
        TROLLEY = "trolley"
        PORTABLE = "portable"
        TRAILER = "trailer"

    class Mobility(models.TextChoices):
        ROAD = "road"
        ON_SITE = "on_site"
        CARRIED = "carried"
        PLACED = "placed"

    area = models.ForeignKey(ServiceArea, on_delete=models.PROTECT, related_name="units")
    home = models.ForeignKey(Depot, on_delete=models.PROTECT, related_name="units")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="units")
    name = models.TextField()
    kind = models.TextField(choices=Kind)
    mobility = models.TextField(choices=Mobility)
    profile = models.TextField(help_text="road data set it moves on: car, high_van or foot")
    plate = models.TextField(blank=True)
    height_mm = models.PositiveIntegerField()
    weight_kg = models.PositiveIntegerField()
    shares_pack = models.BooleanField(help_text="drives on the pack it delivers from")
    drive_wh_per_km = models.PositiveIntegerField()
    aux_w = models.PositiveIntegerField()
    cost_per_km_milli = models.PositiveIntegerField()
    cost_per_h_milli = models.PositiveIntegerField()
    cost_per_use_milli = models.PositiveIntegerField(default=0)
    in_service = models.BooleanField(default=True)

    objects = UnitRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["operator", "id"], name="unit_of_operator"),
            models.UniqueConstraint(fields=["operator", "name"], name="unit_name"),
            models.CheckConstraint(
                condition=~Q(mobility="on_site") | Q(site__isnull=False),
                name="unit_on_site_has_site",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Pack(Tenanted):
    """The battery from which a unit delivers."""

    unit = models.OneToOneField(Unit, on_delete=models.CASCADE, related_name="pack")
    usable_wh = models.PositiveIntegerField()
    reserve_wh = models.PositiveIntegerField(help_text="the floor: never below, wherever it stands")
    target_wh = models.PositiveIntegerField(help_text="wanted at the end of a shift")
    max_charge_w = models.PositiveIntegerField()
    rest_w = models.PositiveIntegerField(help_text="what it gains at home between shifts")
    curve = models.JSONField(help_text="[[soc, watt], ...]")

    objects = UnitScoped["Pack"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["operator", "id"], name="pack_of_operator"),
            models.CheckConstraint(
                condition=Q(
                    reserve_wh__lt=F("usable_wh"),
                    target_wh__lte=F("usable_wh"),
                    usable_wh__gt=0,
                ),
                name="pack_levels_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"pack of {self.unit_id}"
