"""People without a server ask and take as those of the simulated world do, on the terms of the server."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from dispatch.routing_bridge import demand as terms_of_visits
from dispatch.routing_bridge import problem_from_db as terms_of_plans
from dispatch.routing_bridge.quoting import VALUE_MILLI
from dispatch.selectors.margins import p90_margin
from dispatch.world import choice
from dispatch.world.times import format_instant
from routing.model.request import Vehicle
from routing.simulation.asking import Terms, build_request, choose
from routing.simulation.chance import build_dice
from routing.simulation.demand import Spot, demand

EIGHT = datetime(2026, 11, 16, 7, tzinfo=UTC)
CAR = Vehicle(usable_wh=50_000)


@dataclass(frozen=True)
class Offered:
    arrive_s: int


@dataclass(frozen=True)
class Relaxed:
    placement: Offered


@dataclass(frozen=True)
class Answer:
    offers: tuple[Offered, ...] = ()
    relaxations: tuple[Relaxed, ...] = ()


def test_terms_are_those_of_the_server():
    terms = Terms()
    assert (terms.setup_s, terms.wrapup_s) == (terms_of_visits.STREET_SETUP_S, terms_of_visits.WRAPUP_S)
    assert timedelta(seconds=terms.grace_s) == terms_of_plans.GRACE
    assert terms.asap_wait_milli_per_h == terms_of_plans.ASAP_WAIT_MILLI
    assert terms.slot_wait_milli_per_h == terms_of_plans.SLOT_WAIT_MILLI
    assert terms.asked_milli == VALUE_MILLI
    assert terms.kept_milli > terms_of_plans.KEPT_WORD_MILLI


@pytest.mark.parametrize("wait_s", [0, 60, 450, 451, 1_200, 1_800, 2_850, 7_200])
def test_margins_are_those_of_the_server(wait_s):
    lead = timedelta(seconds=wait_s)
    assert Terms().p90_s(wait_s) == pytest.approx((lead + p90_margin(lead)).total_seconds(), abs=1)


def test_they_ask_as_the_world_s_drivers_do():
    for wish in list_wishes():
        question = choice.build_question(wish, {"id": "car", "usable_kwh": 50.0}, EIGHT.timestamp())
        asked = build_request("wish", wish, CAR, 0, Terms())
        if "energy_kwh" in question:
            assert asked.energy_wh == pytest.approx(question["energy_kwh"] * 1000, abs=1)
        else:
            into_battery_wh = (question["target_soc"] - question["soc"]) * CAR.usable_wh
            assert asked.energy_wh == pytest.approx(into_battery_wh * 100 / CAR.efficiency_pct, abs=270)
        assert (asked.earliest_s > 0) == ("earliest" in question)


@pytest.mark.parametrize("waits_min", [(10, 70, 130), (50, 110), (200,), ()])
def test_they_take_what_the_world_s_drivers_take(waits_min):
    answer = Answer(
        tuple(Offered(60 * wait) for wait in waits_min), () if waits_min else (Relaxed(Offered(5_400)),)
    )
    quote = {
        "offers": [told(offer.arrive_s) for offer in answer.offers],
        "alternatives": [told(relaxed.placement.arrive_s) for relaxed in answer.relaxations],
    }
    for number, wish in enumerate(list_wishes()):
        theirs = choice.choose_offer(wish, quote, EIGHT.timestamp(), Random(number))
        ours = choose(wish, answer, 0, Random(number))
        assert (ours and ours.arrive_s) == (theirs and theirs["arrive_s"])


def told(arrive_s):
    return {"arrive_s": arrive_s, "arrival_p50": format_instant(EIGHT.timestamp() + arrive_s)}


def list_wishes():
    dice = build_dice("wishes")
    return demand(dice.randrange(10**6), EIGHT, 24, 4.0, [Spot(43.74, 7.42)])
