"""What drivers ask and take."""

from datetime import UTC, datetime
from random import Random

import pytest

from dispatch.world.choice import build_question, choose_offer
from dispatch.world.client import Answer
from dispatch.world.driver import read_quote
from dispatch.world.times import format_instant
from routing.simulation.demand import Wish
from tests.world.town import CASINO, EIGHT

CAR = {"id": "car-1", "usable_kwh": 50.0}


def wish(**changes):
    facts = {
        "at": datetime.fromtimestamp(EIGHT, UTC),
        "lat": CASINO.lat,
        "lon": CASINO.lon,
        "soc": 0.3,
        "wanted_soc": 0.8,
        "energy_wh": 20_000,
        "asks_for": "energy",
        "urgency": "normal",
        "lead_s": 0,
        "window_s": 3_600,
        "patience_s": 3_600,
    }
    return Wish(**{**facts, **changes})


def offer(name, minutes):
    return {"id": name, "arrival_p50": format_instant(EIGHT + 60 * minutes)}


class Always(Random):
    """Dice that always show the same."""

    def __init__(self, value):
        super().__init__(1)
        self.value = value

    def random(self):
        return self.value


def test_asks_for_energy_the_battery_can_take():
    assert build_question(wish(), CAR, EIGHT)["energy_kwh"] == 20.0
    assert build_question(wish(energy_wh=60_000), CAR, EIGHT)["energy_kwh"] == pytest.approx(31.25)
    nearly_full = build_question(wish(soc=0.88, wanted_soc=1.0), CAR, EIGHT)
    assert nearly_full["target_soc"] == 0.98
    assert "energy_kwh" not in nearly_full


def test_asks_for_a_window_only_when_it_is_for_later():
    assert "earliest" not in build_question(wish(), CAR, EIGHT)
    later = build_question(wish(lead_s=7_200), CAR, EIGHT)
    assert (later["earliest"], later["latest"]) == ("2026-11-21T10:00:00.000Z", "2026-11-21T11:00:00.000Z")


def test_names_the_car_park_the_car_stands_in():
    assert "site" not in build_question(wish(), CAR, EIGHT)
    assert build_question(wish(site="boulingrins"), CAR, EIGHT)["site"] == "boulingrins"


def test_takes_the_first_to_come_mostly():
    quote = {"offers": [offer("late", 50), offer("soon", 15)]}
    assert choose_offer(wish(), quote, EIGHT, Always(0.9))["id"] == "soon"


def test_goes_home_when_it_takes_too_long():
    quote = {"offers": [offer("late", 200)]}
    assert choose_offer(wish(), quote, EIGHT, Always(0.9)) is None
    assert choose_offer(wish(urgency="stranded"), quote, EIGHT, Always(0.9))["id"] == "late"


def test_may_take_an_alternative_to_a_no():
    quote = {"offers": [], "refusal": {"code": "fleet_saturated"}, "alternatives": [offer("less", 90)]}
    assert choose_offer(wish(), quote, EIGHT, Always(0.1))["id"] == "less"
    assert choose_offer(wish(), quote, EIGHT, Always(0.9)) is None
    assert choose_offer(wish(), {"offers": [], "alternatives": []}, EIGHT, Always(0.1)) is None


def test_a_lost_offer_comes_back_with_a_fresh_quote():
    fresh = {"id": "q2", "offers": []}
    assert read_quote(Answer(200, fresh)) == fresh
    assert read_quote(Answer(409, {"code": "offer_lost", "quote": fresh})) == fresh
    assert read_quote(Answer(409, {"code": "vehicle_has_open_request"})) is None
    assert read_quote(Answer(502, None)) is None
