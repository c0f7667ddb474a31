"""The catalogue: electric cars by make and model, from which drivers add theirs. Nobody's tenant."""

from django.db import models
from django.db.models import Q

from accounts.scoping import Public
from dispatch.models.base import Row


class Inlet(models.TextChoices):
    """Where the car takes its cable: on which side the crew parks."""

    FRONT = "front"
    FRONT_LEFT = "front_left"
    FRONT_RIGHT = "front_right"
    REAR = "rear"
    REAR_LEFT = "rear_left"
    REAR_RIGHT = "rear_right"


class VehicleModel(Row):
    slug = models.SlugField(unique=True, max_length=80)
    make = models.TextField()
    model = models.TextField()
    variant = models.TextField(blank=True)
    from_year = models.PositiveSmallIntegerField(null=True)
    usable_wh = models.PositiveIntegerField()
    max_dc_w = models.PositiveIntegerField(help_text="0: alternating current only")
    max_ac_w = models.PositiveIntegerField()
    connectors = models.JSONField()
    voltage_v = models.PositiveIntegerField(default=400)
    efficiency_pct = models.PositiveSmallIntegerField(default=95, help_text="outlet to battery")
    wh_per_km = models.PositiveIntegerField()
    curve = models.JSONField(default=list, help_text="[[soc, watt], ...]; empty: a typical car's")
    inlet = models.TextField(choices=Inlet, blank=True)
    source = models.TextField(help_text="whose data this is")
    assumed = models.JSONField(default=list, help_text="fields the source does not say")

    objects = Public["VehicleModel"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["make", "model"], name="vehicle_model_by_make")]
        constraints = [
            models.CheckConstraint(
                condition=Q(usable_wh__gt=0, wh_per_km__gt=0), name="vehicle_model_has_a_battery"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Say make, model and variant in one line."""
        return " ".join(part for part in (self.make, self.model, self.variant) if part)
