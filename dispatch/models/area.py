"""The ground one plan covers; the shard of the whole system."""

from django.db import models
from django.db.models import F, Q

from accounts.scoping import Public
from dispatch.models.base import Tenanted


class ServiceArea(Tenanted):
    """Its row is the lock under which the three writers of a plan take turns."""

    slug = models.SlugField(unique=True)
    name = models.TextField()
    time_zone = models.TextField()
    currency = models.CharField(max_length=3)
    locale = models.CharField(max_length=10)
    vat_bp = models.PositiveIntegerField(help_text="basis points: 2000 is 20 %")
    roads = models.TextField(help_text="name of the city's road data")
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    centre_lat = models.FloatField()
    centre_lon = models.FloatField()
    mean_grade_pm = models.PositiveSmallIntegerField(
        default=0, help_text="how steep its streets are in the mean, per mille; nobody knows the heights"
    )
    horizon_s = models.PositiveIntegerField(default=12 * 3600)
    plan_version = models.PositiveBigIntegerField(default=0)
    revision = models.PositiveBigIntegerField(default=0, help_text="raised by whoever takes the row's lock")
    planned_revision = models.PositiveBigIntegerField(
        default=0, db_default=0, help_text="the last at which the plan was all that the rows say"
    )

    objects = Public["ServiceArea"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["operator", "id"], name="area_of_operator"),
            models.CheckConstraint(
                condition=Q(west__lt=F("east"), south__lt=F("north")),
                name="area_has_extent",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def holds(self, lat: float, lon: float) -> bool:
        """Say whether a coordinate lies in this area."""
        return self.south <= lat <= self.north and self.west <= lon <= self.east
