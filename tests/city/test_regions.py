"""What follows from where a city lies."""

import pytest

from dispatch.city.errors import CityError
from dispatch.city.regions import find_region


@pytest.mark.parametrize(
    ("lat", "lon", "zone", "currency", "locale", "vat_bp"),
    [
        (39.29, -76.61, "America/New_York", "USD", "en", 0),
        (51.51, -0.13, "Europe/London", "GBP", "en", 2000),
        (45.76, 4.84, "Europe/Paris", "EUR", "fr", 2000),
        (59.33, 18.06, "Europe/Stockholm", "SEK", "en", 2500),
    ],
    ids=["Baltimore", "London", "Lyon", "Stockholm"],
)
def test_zone_currency_language_and_tax_follow_from_the_place(lat, lon, zone, currency, locale, vat_bp):
    region = find_region(lat, lon, {})
    assert (region.time_zone, region.currency, region.locale, region.vat_bp) == (
        zone,
        currency,
        locale,
        vat_bp,
    )
    assert set(region.locales) == {"en", "fr"}
    assert region.locales[0] == locale


def test_what_is_said_overrules_what_is_found():
    said = {"time_zone": "Europe/Monaco", "currency": "CHF", "locale": "en", "vat_bp": "770"}
    region = find_region(45.76, 4.84, said)
    assert (region.time_zone, region.currency, region.locale) == ("Europe/Monaco", "CHF", "en")
    assert region.vat_bp == 770


def test_a_zone_nobody_knows_is_one_sentence():
    with pytest.raises(CityError, match="no time zone called Europe/Atlantis"):
        find_region(45.76, 4.84, {"time_zone": "Europe/Atlantis"})


def test_the_middle_of_the_sea_has_a_time_all_the_same():
    assert find_region(0.0, -150.0, {}).currency == "EUR"


def test_prices_look_like_prices_there():
    assert find_region(59.33, 18.06, {}).price_factor > 5
    assert find_region(39.29, -76.61, {}).price_factor == 1
