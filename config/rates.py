"""Rates as settings say them: `600/min`."""

from django.core.exceptions import ImproperlyConfigured

SECONDS = {"s": 1, "min": 60, "h": 3600, "d": 86_400}


def read_rate(text: str) -> tuple[int, int]:
    """Read how often in how many seconds."""
    often, _, period = text.partition("/")
    if not often.strip().isdecimal() or int(often) < 1 or period.strip() not in SECONDS:
        raise ImproperlyConfigured(f"A rate is written as 600/min (or /s, /h, /d), not as {text!r}.")
    return int(often), SECONDS[period.strip()]
