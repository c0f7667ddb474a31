"""What a driver may search for: addresses, streets, points of interest, car parks. City ground."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F

from accounts.scoping import Public
from dispatch.models.base import Row
from dispatch.models.site import Site


class SearchPlace(Row):
    class Kind(models.TextChoices):
        ADDRESS = "address"
        STREET = "street"
        POI = "poi"
        CAR_PARK = "car_park"
        CHARGER = "charger"
        DISTRICT = "district"

    city = models.TextField(help_text="the city's name; all its places come and go together")
    build = models.TextField(help_text="which build of the city they are from")
    kind = models.TextField(choices=Kind)
    name = models.TextField()
    detail = models.TextField(blank=True, help_text="what tells it from its namesakes")
    folded = models.TextField(help_text="name and detail without accents, in lower case")
    lat = models.FloatField()
    lon = models.FloatField()
    site = models.ForeignKey(Site, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = Public["SearchPlace"].as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["city", "build"], name="place_of_build"),
            GinIndex(OpClass(F("folded"), name="gin_trgm_ops"), name="place_by_trigrams"),
        ]

    def __str__(self) -> str:
        return self.name
