"""A parking place with entrances and access rules. City ground: nobody's tenant."""

from math import cos, hypot, radians

from django.db import models

from accounts.scoping import Public
from dispatch.models.base import Row


class Site(Row):
    slug = models.SlugField(unique=True)
    osm = models.TextField(blank=True, help_text="what the map calls it: n1, w2, r3")
    name = models.TextField()
    lat = models.FloatField(help_text="of the entrance vehicles use")
    lon = models.FloatField()
    entrances = models.JSONField(default=list, help_text="[{lat, lon}, ...]; empty: the one above alone")
    hours = models.JSONField(
        null=True, help_text="[{days: [0..6], from, to}, ...] local time; null: always open"
    )
    time_zone = models.TextField(default="UTC", help_text="in which its hours are meant")
    max_height_mm = models.PositiveIntegerField(null=True)
    max_weight_kg = models.PositiveIntegerField(null=True)
    levels = models.SmallIntegerField(default=0)
    covered = models.BooleanField(default=False)
    setup_extra_s = models.PositiveIntegerField(default=300, help_text="ramp, barrier and lift")
    kinds = models.JSONField(default=list, help_text="unit kinds admitted; empty admits all")

    objects = Public["Site"].as_manager()

    def __str__(self) -> str:
        return self.name

    def find_way_in(self, lat: float, lon: float) -> tuple[float, float]:
        """Find where vehicles drive in that is nearest to a place inside."""
        ways_in = [(row["lat"], row["lon"]) for row in self.entrances] or [(self.lat, self.lon)]
        across = cos(radians(lat))
        return min(ways_in, key=lambda spot: hypot(spot[0] - lat, (spot[1] - lon) * across))
