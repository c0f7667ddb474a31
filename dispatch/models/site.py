"""A parking place with entrances and access rules. City ground: nobody's tenant."""

from django.db import models

from accounts.scoping import Public
from dispatch.models.base import Row


class Site(Row):
    slug = models.SlugField(unique=True)
    osm = models.TextField(blank=True, help_text="what the map calls it: n1, w2, r3")
    name = models.TextField()
    lat = models.FloatField(help_text="of the entrance vehicles use")
    lon = models.FloatField()
    max_height_mm = models.PositiveIntegerField(null=True)
    max_weight_kg = models.PositiveIntegerField(null=True)
    levels = models.SmallIntegerField(default=0)
    covered = models.BooleanField(default=False)
    setup_extra_s = models.PositiveIntegerField(default=300, help_text="ramp, barrier and lift")
    kinds = models.JSONField(default=list, help_text="unit kinds admitted; empty admits all")

    objects = Public["Site"].as_manager()

    def __str__(self) -> str:
        return self.name
