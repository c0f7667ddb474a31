"""What people ask the engine for and what they take: the drivers of the simulated world, without a server."""

from dataclasses import dataclass, replace
from random import Random

from routing.model.problem import Request
from routing.model.request import NORMAL, STRANDED, Vehicle
from routing.model.units import Kilograms, Milli, Millimetres, Seconds, WattHours
from routing.quote import Placement, QuoteResult
from routing.simulation.demand import Wish

OUTLET_TO_BATTERY = 0.96
SMALLEST_WH: WattHours = 4_000
FULLEST_SOC = 0.9
TAKES_ALTERNATIVE, TAKES_LATER = 0.5, 0.1


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms a wish is asked, and served once it is accepted.

    Parameters
    ----------
    setup_s, wrapup_s
        At the car before and after energy flows.
    ahead_s
        How far ahead someone who names no end can be served.
    grace_s
        An accepted request is served so much later rather than never.
    asap_wait_milli_per_h, slot_wait_milli_per_h
        Price of the hour that somebody waits, by what was accepted.
    asked_milli, kept_milli
        What serving is worth: while it is only asked, and once it is promised.
    margin_share, margin_fixed_s, margin_least_s, margin_most_s
        P90 of an arrival lies this share of the time ahead plus so much after P50, within bounds.
    """

    setup_s: Seconds = 465
    wrapup_s: Seconds = 240
    ahead_s: Seconds = 12 * 3600
    grace_s: Seconds = 4 * 3600
    asap_wait_milli_per_h: Milli = 30_000
    slot_wait_milli_per_h: Milli = 1_000
    asked_milli: Milli = 60_000
    kept_milli: Milli = 140_000
    margin_share: float = 0.20
    margin_fixed_s: Seconds = 150
    margin_least_s: Seconds = 240
    margin_most_s: Seconds = 720

    def p90_s(self, wait_s: Seconds) -> Seconds:
        """Return the wait that is promised in nine cases of ten, from the expected one."""
        if wait_s <= 0:
            return wait_s
        late_s = int(wait_s * self.margin_share) + self.margin_fixed_s
        return wait_s + min(max(late_s, self.margin_least_s), self.margin_most_s)


@dataclass(frozen=True, slots=True)
class Access:
    """What it takes to come to a car: `setup_extra_s` more before energy flows, and what fits in."""

    setup_extra_s: Seconds = 0
    max_height_mm: Millimetres | None = None
    max_weight_kg: Kilograms | None = None


STREET = Access()


def build_request(
    name: str, wish: Wish, car: Vehicle, at_s: Seconds, terms: Terms, access: Access = STREET
) -> Request:
    """Return what a person with a wish asks for, for one car; the place has the name of the request."""
    earliest_s = at_s + wish.lead_s
    return Request(
        id=name,
        place=name,
        energy_wh=energy_wanted_wh(wish, car),
        vehicle=replace(car, soc=wish.soc),
        earliest_s=earliest_s,
        latest_s=earliest_s + wish.window_s if wish.lead_s else at_s + terms.ahead_s,
        priority=STRANDED if wish.urgency == "stranded" else NORMAL,
        value_milli=terms.asked_milli,
        wait_milli_per_h=terms.asap_wait_milli_per_h,
        setup_s=terms.setup_s + access.setup_extra_s,
        wrapup_s=terms.wrapup_s,
        max_height_mm=access.max_height_mm,
        max_weight_kg=access.max_weight_kg,
    )


def energy_wanted_wh(wish: Wish, car: Vehicle) -> WattHours:
    """Return the energy at the outlet: nobody asks for more than the battery can sensibly take."""
    room_wh = int((FULLEST_SOC - wish.soc) * car.usable_wh / OUTLET_TO_BATTERY)
    if wish.asks_for == "energy" and room_wh >= SMALLEST_WH:
        return min(wish.energy_wh, room_wh)
    target_soc = max(min(wish.wanted_soc, FULLEST_SOC), wish.soc + 0.1)
    return int((min(target_soc, 1.0) - wish.soc) * car.usable_wh * 100 / car.efficiency_pct)


def choose(wish: Wish, result: QuoteResult, at_s: Seconds, dice: Random) -> Placement | None:
    """Return what the person takes; None is to give up."""
    if not result.offers:
        found = [relaxed.placement for relaxed in result.relaxations]
        return found[0] if found and dice.random() < TAKES_ALTERNATIVE else None
    if wish.lead_s:
        return result.offers[0]
    soon = [offer for offer in result.offers if offer.arrive_s - at_s <= wish.patience_s]
    if soon:
        return soon[-1] if dice.random() < TAKES_LATER else soon[0]
    gives_up = wish.urgency != "stranded" and dice.random() >= TAKES_ALTERNATIVE
    return None if gives_up else result.offers[-1]


def build_promised(placement: Placement, at_s: Seconds, terms: Terms) -> Request:
    """Return the request as it stands in the plan once its offer is accepted."""
    asked, arrive_s = placement.request, placement.arrive_s
    margin_s = terms.p90_s(arrive_s - at_s) - (arrive_s - at_s)
    is_asap = placement.kind == "asap"
    latest_s = max(asked.latest_s, arrive_s + margin_s)
    return replace(
        asked,
        earliest_s=asked.earliest_s if is_asap else arrive_s,
        latest_s=latest_s + terms.grace_s,
        promise_s=arrive_s + margin_s // 2,
        value_milli=terms.kept_milli,
        wait_milli_per_h=terms.asap_wait_milli_per_h if is_asap else terms.slot_wait_milli_per_h,
    )
