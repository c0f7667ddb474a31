"""Numbers from outside: finite, and really numbers."""

import math
from typing import Any

from rest_framework import serializers


class NumberField(serializers.FloatField):
    """A JSON number. "NaN" compares with nothing, so it would pass every limit; `true` would be 1."""

    def to_internal_value(self, data: Any) -> float:
        """Read it."""
        if isinstance(data, bool) or not isinstance(data, int | float):
            self.fail("invalid")
        try:
            value = float(data)
        except OverflowError:
            self.fail("invalid")
        if not math.isfinite(value):
            self.fail("invalid")
        return value
