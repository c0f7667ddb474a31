"""Where units live and packs recharge."""

from django.db import models

from accounts.scoping import OperatorScoped
from dispatch.models.area import ServiceArea
from dispatch.models.base import Tenanted
from dispatch.models.site import Site


class Depot(Tenanted):
    area = models.ForeignKey(ServiceArea, on_delete=models.PROTECT, related_name="depots")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="depots")
    slug = models.SlugField()
    name = models.TextField()
    lat = models.FloatField()
    lon = models.FloatField()

    objects = OperatorScoped["Depot"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["operator", "id"], name="depot_of_operator"),
            models.UniqueConstraint(fields=["operator", "slug"], name="depot_slug"),
        ]

    def __str__(self) -> str:
        return self.name


class Plug(Tenanted):
    """One outlet for one pack at a time; a reserved one is its unit's alone."""

    class State(models.TextChoices):
        AVAILABLE = "available"
        OUT_OF_SERVICE = "out_of_service"

    depot = models.ForeignKey(Depot, on_delete=models.PROTECT, related_name="plugs")
    unit = models.ForeignKey("dispatch.Unit", on_delete=models.SET_NULL, null=True, related_name="own_plugs")
    name = models.TextField()
    connector = models.TextField()
    power_w = models.PositiveIntegerField()
    efficiency_pct = models.PositiveSmallIntegerField(default=95)
    state = models.TextField(choices=State, default=State.AVAILABLE)

    objects = OperatorScoped["Plug"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["operator", "id"], name="plug_of_operator"),
            models.UniqueConstraint(fields=["depot", "name"], name="plug_name"),
        ]

    def __str__(self) -> str:
        return self.name
