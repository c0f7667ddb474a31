"""Rates as settings say them."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.rates import read_rate


@pytest.mark.parametrize(
    ("text", "rate"),
    [("600/min", (600, 60)), ("1/s", (1, 1)), ("5000/h", (5000, 3600)), (" 20 / d ", (20, 86_400))],
)
def test_a_rate(text, rate):
    assert read_rate(text) == rate


@pytest.mark.parametrize(
    "text", ["", "600", "600/", "600/week", "0/min", "-1/min", "many/min", "1.5/s", "٣x/s"]
)
def test_what_is_no_rate_is_said_at_the_start(text):
    with pytest.raises(ImproperlyConfigured, match="600/min"):
        read_rate(text)
