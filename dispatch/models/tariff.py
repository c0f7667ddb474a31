"""What energy at the car costs; versioned, never changed once used."""

from django.db import models

from accounts.scoping import OperatorScoped
from dispatch.models.area import ServiceArea
from dispatch.models.base import Tenanted


class Tariff(Tenanted):
    """Prices without tax, in minor units of the area's currency."""

    area = models.ForeignKey(ServiceArea, on_delete=models.PROTECT, related_name="tariffs")
    version = models.PositiveIntegerField()
    valid_from = models.DateTimeField()
    callout_minor = models.PositiveIntegerField()
    energy_minor_per_kwh = models.PositiveIntegerField()
    stranded_minor = models.PositiveIntegerField()
    cancel_minor = models.PositiveIntegerField(help_text="due once a unit is on its way")

    objects = OperatorScoped["Tariff"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["operator", "id"], name="tariff_of_operator"),
            models.UniqueConstraint(fields=["area", "version"], name="tariff_version"),
        ]

    def __str__(self) -> str:
        return f"tariff {self.version}"
