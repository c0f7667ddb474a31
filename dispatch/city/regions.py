"""In which country a city lies, and what follows from it: time zone, currency, languages, tax, prices.

From its middle alone, offline: the time zone from its borders, the country from the time zone, currency and
languages as Unicode's CLDR has them. Everything can be said otherwise by a setting.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo, available_timezones

from babel.core import get_global
from babel.languages import get_official_languages
from babel.numbers import get_territory_currencies
from tzfpy import get_tz

from dispatch.city.errors import CityError

# Standard rates of value added tax in basis points, as of 2026. Where a country is not named the demo adds
# none: sales taxes of the United States, for one, hang on the place and on what is sold.
VAT_BP = {
    "AT": 2000, "AU": 1000, "BE": 2100, "BG": 2000, "CH": 810, "CY": 1900, "CZ": 2100, "DE": 1900, "DK": 2500,
    "EE": 2400, "ES": 2100, "FI": 2550, "FR": 2000, "GB": 2000, "GR": 2400, "HR": 2500, "HU": 2700,
    "IE": 2300, "IT": 2200, "JP": 1000, "KR": 1000, "LT": 2100, "LU": 1700, "LV": 2100, "MC": 2000,
    "MT": 1800, "NL": 2100, "NO": 2500, "NZ": 1500, "PL": 2300, "PT": 2300, "RO": 2100, "SE": 2500,
    "SI": 2200, "SK": 2300,
}  # fmt: skip
# What a demo's prices are multiplied with, so that they look like prices there: roughly what a euro buys.
PER_EURO = {
    "CZK": 25.0, "DKK": 7.5, "HUF": 400.0, "JPY": 1.6, "KRW": 16.0, "NOK": 11.5, "PLN": 4.3, "RON": 5.0,
    "SEK": 11.0,
}  # fmt: skip
OUR_LANGUAGES = ("en", "fr")


@dataclass(frozen=True, slots=True)
class Region:
    """What a service area is told of its country."""

    time_zone: str
    currency: str
    locale: str
    locales: tuple[str, ...]
    vat_bp: int

    @property
    def price_factor(self) -> float:
        """Turn prices in euro cents into prices in this currency's minor unit."""
        return PER_EURO.get(self.currency, 1.0)


def find_region(lat: float, lon: float, said: Mapping[str, str]) -> Region:
    """Find the region of a place; `said` overrules: time_zone, currency, locale, vat_bp."""
    zone = said.get("time_zone") or get_tz(lon, lat) or "UTC"
    if zone not in available_timezones():
        raise CityError(f"There is no time zone called {zone}.")
    country: str = get_global("zone_territories").get(ZoneInfo(zone).key, "")
    spoken = get_official_languages(country, de_facto=True) if country else ()
    locale = said.get("locale") or next((code for code in spoken if code in OUR_LANGUAGES), "en")
    currencies = get_territory_currencies(country) if country else []
    return Region(
        time_zone=zone,
        currency=said.get("currency") or (currencies[0] if currencies else "EUR"),
        locale=locale,
        locales=tuple(dict.fromkeys((locale, *OUR_LANGUAGES))),
        vat_bp=int(said.get("vat_bp") or VAT_BP.get(country, 0)),
    )
