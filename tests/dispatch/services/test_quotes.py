"""Answers to a wish: what bad wishes get, and that every offer is real."""

from datetime import timedelta
from uuid import uuid4

import pytest

from dispatch import clock
from dispatch.errors import DispatchError, Invalid, Unavailable
from dispatch.models import ChargeRequest, Pack, Plan, Plug, ServiceArea, Site, Tariff, Unit, UnitState
from dispatch.selectors.margins import LEAST, p90_margin
from dispatch.services.offers import accept_offer
from dispatch.services.quotes import Asked, make_quote
from tests.small_world import CASINO, TEN, add_van

HOUR = timedelta(hours=1)


def ask(world, **wish):
    asked = {"lat": CASINO[0], "lon": CASINO[1], "soc": 0.3, "vehicle_id": world.cars["Alice"].id, **wish}
    if not {"energy_wh", "target_soc", "range_km"} & set(asked):
        asked["energy_wh"] = 15_000
    return make_quote(world.caller("Alice"), Asked(**asked), world.now, clock.wall())


@pytest.mark.parametrize(
    ("wish", "code", "path"),
    [
        ({"lat": 48.85, "lon": 2.35}, "outside_area", "location"),
        ({"lat": float("nan")}, "not_a_number", None),
        ({"latest": TEN - HOUR}, "window_in_the_past", "latest"),
        ({"earliest": TEN + 2 * HOUR, "latest": TEN + HOUR}, "window_reversed", "latest"),
        ({"earliest": TEN + 13 * HOUR}, "window_too_far", "earliest"),
        ({"soc": 1.01}, "soc_out_of_range", "soc"),
        ({"soc": float("nan")}, "soc_out_of_range", "soc"),
        ({"target_soc": 1.5}, "soc_out_of_range", "target_soc"),
        ({"target_soc": 0.2}, "target_below_current", "target_soc"),
        ({"target_soc": 0.3}, "target_below_current", "target_soc"),
        ({"energy_wh": 0}, "target_below_current", "energy_kwh"),
        ({"energy_wh": 50_000}, "more_than_the_battery_takes", "energy_kwh"),
        ({"soc": 1, "energy_wh": 1}, "more_than_the_battery_takes", "energy_kwh"),
        ({"range_km": 1_000}, "more_than_the_battery_takes", "range_km"),
        ({"vehicle_id": uuid4()}, "unknown_vehicle", "vehicle"),
        ({"site_id": uuid4()}, "unknown_site", "site"),
    ],
)
def test_a_wish_that_cannot_be_is_refused_with_its_code(world, wish, code, path):
    with pytest.raises(Invalid) as caught:
        ask(world, **wish)
    assert (caught.value.code, caught.value.path) == (code, path)


def test_the_car_of_another_is_unknown(world):
    with pytest.raises(Invalid, match="unknown_vehicle"):
        ask(world, vehicle_id=world.cars["Bob"].id)


def test_without_a_plan_or_a_price_nothing_is_offered(world):
    Tariff.objects.all().delete()
    with pytest.raises(Unavailable, match="no_tariff"):
        ask(world)


def test_before_the_first_plan_it_says_when_to_ask_again(world):
    Plan.objects.all().delete()
    ServiceArea.objects.update(plan_version=0)
    with pytest.raises(Unavailable) as caught:
        ask(world)
    assert (caught.value.code, caught.value.retry_after_s) == ("no_plan_yet", 2)


@pytest.mark.parametrize(
    ("wish", "energy_wh"),
    [
        # 60 kWh battery, 95 % from the outlet into it, 180 Wh a kilometre.
        ({"energy_wh": 12_345}, 12_345),
        ({"soc": 0.1, "target_soc": 0.7}, 37_895),
        ({"range_km": 100}, 18_947),
        ({"soc": 0.3, "target_soc": 1.0}, 44_211),
    ],
)
def test_whichever_amount_is_given_becomes_energy_at_the_meter(world, wish, energy_wh):
    quote = ask(world, **wish)
    assert quote.energy_wh == energy_wh
    assert {offer.energy_wh for offer in quote.offers.all()} == {energy_wh}


def test_what_the_car_holds_afterwards_follows_from_the_energy(world):
    offer = ask(world, soc=0.1, target_soc=0.7).offers.first()
    assert offer.soc_after == pytest.approx(0.7, abs=1e-4)


def test_the_first_offer_is_as_soon_as_can_be_then_slots_apart(world):
    offers = list(ask(world).offers.all())
    assert [offer.kind for offer in offers] == ["asap", "slot", "slot"]
    arrivals = [offer.arrival_p50 for offer in offers]
    assert arrivals == sorted(arrivals)
    assert arrivals[1] - arrivals[0] >= timedelta(minutes=30)


def test_p90_lies_a_stated_margin_behind_the_expectation(world):
    for offer in ask(world).offers.all():
        lead = offer.arrival_p50 - world.now
        assert offer.arrival_p90 - offer.arrival_p50 == p90_margin(lead) >= LEAST
        assert offer.ready_p90 > offer.arrival_p90


def test_offers_lie_in_the_window(world):
    earliest, latest = world.now + 2 * HOUR, world.now + 3 * HOUR
    for offer in ask(world, earliest=earliest, latest=latest).offers.all():
        assert earliest <= offer.arrival_p50 <= latest


def test_a_window_that_began_in_the_past_begins_now(world):
    quote = ask(world, earliest=world.now - HOUR)
    assert quote.earliest == world.now


def test_a_price_is_the_sum_of_its_lines_to_the_cent(world):
    price = ask(world, energy_wh=12_345, urgency="stranded").offers.first().price
    assert [line["code"] for line in price["lines"]] == ["callout", "energy", "stranded"]
    energy = price["lines"][1]
    # 12.345 kWh at 0.69 are 8.51805; a fifth of 8.52 is 1.704.
    assert (energy["net_minor"], energy["tax_minor"]) == (852, 170)
    assert price["total_minor"] == sum(line["gross_minor"] for line in price["lines"])


@pytest.fixture
def low_car_park(db):
    return Site.objects.create(
        slug="low", name="Low car park", lat=43.7385, lon=7.4250, max_height_mm=1900, max_weight_kg=3000
    )


def test_a_van_that_is_too_high_is_not_offered_in_a_low_car_park(world, low_car_park):
    quote = ask(world, site_id=low_car_park.id)
    assert not quote.offers.filter(relaxes="").exists()
    assert quote.refusal["code"] == "height_or_weight"
    assert {item["code"] for item in quote.refusal["per_unit"]} == {"height_or_weight"}
    assert {item["unit"]["name"] for item in quote.refusal["per_unit"]} == {"Azur", "Corail"}
    closest = quote.refusal["closest"]
    assert (closest["rule"], closest["measure"]) == ("height", "mm")
    assert closest["amount"] == min(item["amount"] for item in quote.refusal["per_unit"])


def test_a_low_one_goes_in_and_needs_longer(world, low_car_park):
    azur = world.units["Azur"]
    azur.height_mm = 1850
    azur.save()
    world.wait(minutes=11)
    world.plan()
    inside = ask(world, site_id=low_car_park.id).offers.first()
    assert inside.unit_id == azur.id
    request = ChargeRequest.objects.get(
        id=accept_offer(world.caller("Alice"), inside.id, world.now, clock.wall())
    )
    assert request.setup_s == 465 + 300
    assert world.stop_of(request).setup_s == request.setup_s


def test_a_robot_serves_only_its_own_car_park(world, low_car_park):
    robot = add_van(world, "Robi")
    Unit.objects.filter(id=robot.id).update(
        kind="robot", mobility="on_site", profile="foot", site=low_car_park, height_mm=1200, weight_kg=600
    )
    world.depot.site = low_car_park
    world.depot.lat, world.depot.lon = low_car_park.lat, low_car_park.lon
    world.depot.save()
    UnitState.objects.update(activity="out_of_service")
    UnitState.objects.filter(unit=robot).update(activity="available", lat=low_car_park.lat)
    world.plan()
    assert ask(world, site_id=low_car_park.id).offers.first().unit_id == robot.id
    outside = ask(world)
    assert not outside.offers.filter(relaxes="").exists()
    assert outside.refusal["per_unit"]


@pytest.mark.parametrize("relaxes", ["less_energy", "later"])
def test_an_alternative_can_be_accepted(world, relaxes):
    wish = {"lat": 43.7447, "lon": 7.4330, "latest": world.now + timedelta(seconds=30)}
    if relaxes == "less_energy":
        # Thirteen kilowatt-hours above the floor, and nowhere to recharge.
        Pack.objects.update(reserve_wh=75_000, target_wh=75_000)
        UnitState.objects.update(pack_wh=88_000)
        Plug.objects.update(state="out_of_service")
        world.wait(minutes=11)
        world.plan()
        wish = {"energy_wh": 20_000}
    quote = ask(world, **wish)
    assert quote.refusal is not None
    offer = quote.offers.get(relaxes=relaxes)
    made = accept_offer(world.caller("Alice"), offer.id, world.now, clock.wall())
    assert ChargeRequest.objects.get(id=made).energy_wh == offer.energy_wh


def test_a_refused_quote_is_stored_with_its_reasons_and_an_error_is_not(world):
    with pytest.raises(DispatchError):
        ask(world, soc=2)
    assert not world.people["Alice"].quotes.exists()
