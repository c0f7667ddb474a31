"""A person's car: nobody's tenant."""

from django.db import models
from django.db.models import Q

from accounts.fields import SealedTextField
from accounts.models import Person
from accounts.scoping import PersonScoped
from dispatch.models.base import Row
from dispatch.models.vehicle_model import Inlet, VehicleModel


class Cars(PersonScoped["Vehicle"]):
    def kept(self) -> "Cars":
        """Leave out those their driver has removed: old requests still name them."""
        return self.filter(removed_at=None)


class Vehicle(Row):
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="vehicles")
    catalogue = models.ForeignKey(VehicleModel, on_delete=models.SET_NULL, null=True, related_name="+")
    name = models.TextField()
    model = models.TextField()
    plate = SealedTextField()
    usable_wh = models.PositiveIntegerField()
    max_dc_w = models.PositiveIntegerField()
    max_ac_w = models.PositiveIntegerField(default=11000)
    connectors = models.JSONField()
    voltage_v = models.PositiveIntegerField(default=400)
    efficiency_pct = models.PositiveSmallIntegerField(default=95, help_text="outlet to battery")
    wh_per_km = models.PositiveIntegerField(default=180)
    curve = models.JSONField(help_text="[[soc, watt], ...]; empty: a typical car's")
    inlet = models.TextField(choices=Inlet, blank=True, help_text="where it takes its cable")
    soc_hint = models.FloatField(default=0.3, help_text="where the page's slider starts")
    removed_at = models.DateTimeField(null=True, help_text="human clock; its requests stay")

    objects = Cars.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(soc_hint__gte=0, soc_hint__lte=1), name="vehicle_soc_in_range"
            ),
            models.CheckConstraint(condition=Q(usable_wh__gt=0), name="vehicle_has_a_battery"),
        ]

    def __str__(self) -> str:
        return self.name
