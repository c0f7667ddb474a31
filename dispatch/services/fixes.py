"""Fixes as devices send them, over HTTP and sockets alike."""

from typing import Any

from rest_framework import serializers

from dispatch.services.fix_sense import Fix
from dispatch.services.numbers import NumberField

MOST_FIXES = 500


class FixInput(serializers.Serializer[Any]):
    """One fix; `at` is the device's time."""

    at = serializers.DateTimeField()
    lat = NumberField(min_value=-90, max_value=90)
    lon = NumberField(min_value=-180, max_value=180)
    heading = NumberField(required=False, allow_null=True, min_value=0, max_value=360)
    speed_mps = NumberField(required=False, default=0, min_value=0, max_value=90)
    accuracy_m = NumberField(required=False, allow_null=True, min_value=0)
    pack_soc = NumberField(required=False, allow_null=True, min_value=0, max_value=1)


class FixesInput(serializers.Serializer[Any]):
    """A batch, in any order."""

    fixes = serializers.ListField(child=FixInput(), allow_empty=False, max_length=MOST_FIXES)


def read_fixes(data: Any) -> list[Fix]:
    """Read a batch, for HTTP and sockets alike; raises DRF's ValidationError."""
    typed = FixesInput(data=data)
    typed.is_valid(raise_exception=True)
    return [
        Fix(
            at=item["at"],
            lat=item["lat"],
            lon=item["lon"],
            heading=item.get("heading"),
            speed_mps=item["speed_mps"],
            pack_soc=item.get("pack_soc"),
            accuracy_m=item.get("accuracy_m"),
        )
        for item in typed.validated_data["fixes"]
    ]
