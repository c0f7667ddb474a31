"""Fields that several doors read the same way."""

from decimal import Decimal
from math import isfinite
from typing import Any

from rest_framework import serializers

from dispatch.services.numbers import NumberField


class LocationInput(serializers.Serializer[Any]):
    """Degrees, WGS 84."""

    lat = NumberField(min_value=-90, max_value=90)
    lon = NumberField(min_value=-180, max_value=180)


class KiloField(serializers.DecimalField):
    """Kilowatt-hours with at most three places: whole watt-hours."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_digits=8, decimal_places=3, min_value=Decimal("0.001"), **options)


def watt_hours(value: Decimal | None) -> int | None:
    """Read kilowatt-hours as whole watt-hours."""
    return None if value is None else int(value * 1000)


class QueryNumberField(serializers.FloatField):
    """A number in an address, where everything is text: finite, whatever it claims."""

    def to_internal_value(self, data: Any) -> float:
        """Read it."""
        value: float = super().to_internal_value(data)
        if not isfinite(value):
            self.fail("invalid")
        return value
