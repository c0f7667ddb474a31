"""What a driver makes of offers: pure, with the driver's own dice."""

from random import Random
from typing import Any

from dispatch.world.times import format_instant, parse_instant
from routing.simulation.demand import Wish

OUTLET_TO_BATTERY = 0.96
SMALLEST_KWH = 4.0
FULLEST_SOC = 0.9
# Someone without a fitting offer takes another real one, or goes home.
TAKES_ALTERNATIVE = 0.5


def build_question(wish: Wish, vehicle: dict[str, Any], asked_at: float) -> dict[str, Any]:
    """Write the wish down for one car; nobody asks for more than the battery can sensibly take."""
    question: dict[str, Any] = {
        "vehicle": vehicle["id"],
        "location": {"lat": wish.lat, "lon": wish.lon},
        "soc": round(wish.soc, 3),
        "urgency": wish.urgency,
    }
    if wish.site:
        question["site"] = wish.site
    room_kwh = (FULLEST_SOC - wish.soc) * float(vehicle["usable_kwh"]) / OUTLET_TO_BATTERY
    if wish.asks_for == "energy" and room_kwh >= SMALLEST_KWH:
        question["energy_kwh"] = round(min(wish.energy_wh / 1_000, room_kwh), 3)
    else:
        question["target_soc"] = round(max(min(wish.wanted_soc, FULLEST_SOC), wish.soc + 0.1), 2)
    if wish.lead_s:
        question["earliest"] = format_instant(asked_at + wish.lead_s)
        question["latest"] = format_instant(asked_at + wish.lead_s + wish.window_s)
    return question


def choose_offer(wish: Wish, quote: dict[str, Any], asked_at: float, dice: Random) -> dict[str, Any] | None:
    """Take what fits; None is to give up."""
    offers: list[dict[str, Any]] = quote.get("offers") or []
    if wish.lead_s:
        return offers[0] if offers else _choose_alternative(quote, dice)
    soon = [offer for offer in offers if _wait_s(offer, asked_at) <= wish.patience_s]
    if soon:
        # Mostly the first to come; some would rather have a fixed slot.
        return soon[-1] if dice.random() < 0.1 else min(soon, key=lambda offer: _wait_s(offer, asked_at))
    if offers:
        return offers[-1] if wish.urgency == "stranded" or dice.random() < TAKES_ALTERNATIVE else None
    return _choose_alternative(quote, dice)


def _choose_alternative(quote: dict[str, Any], dice: Random) -> dict[str, Any] | None:
    alternatives = quote.get("alternatives") or []
    return alternatives[0] if alternatives and dice.random() < TAKES_ALTERNATIVE else None


def _wait_s(offer: dict[str, Any], asked_at: float) -> float:
    return parse_instant(offer["arrival_p50"]) - asked_at
