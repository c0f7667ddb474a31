"""The price of an offer, from a versioned tariff."""

from dispatch.models import ServiceArea, Tariff
from dispatch.models.money import PriceValue, build_price


def price_energy(area: ServiceArea, tariff: Tariff, energy_wh: int, urgency: str) -> PriceValue:
    """Price a visit: call-out, energy at the outlet's meter, and the haste of a stranded car."""
    lines = [
        ("callout", "Call-out", tariff.callout_minor),
        ("energy", _energy_text(energy_wh), _energy_minor(tariff, energy_wh)),
    ]
    if urgency == "stranded":
        lines.append(("stranded", "Stranded: before all others", tariff.stranded_minor))
    return build_price(area.currency, area.vat_bp, lines)


def _energy_minor(tariff: Tariff, energy_wh: int) -> int:
    return (energy_wh * tariff.energy_minor_per_kwh + 500) // 1000


def _energy_text(energy_wh: int) -> str:
    return f"Energy, {energy_wh / 1000:.3f} kWh"
