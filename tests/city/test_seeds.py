"""A city nobody has described by hand gets a fleet, homes for it, and people who park where much goes on."""

import json

import pytest

from dispatch.city.errors import CityError
from dispatch.city.ground_plan import GroundPlan
from dispatch.city.regions import Region
from dispatch.city.seeds import build_seed, find_seed

# A town of 4 x 4 km at 10 degrees east with a street every 500 m, busiest in the middle.
LAT, LON, STEP = 45.0, 10.0, 0.005
BOUNDS = [9.9, 44.9, 10.2, 45.2]
EURO = Region("Europe/Rome", "EUR", "en", ("en", "fr"), 2200)


def spot(x, y):
    return [round(LAT + y * STEP, 6), round(LON + x * STEP, 6)]


def at(x, y):
    lat, lon = spot(x, y)
    return {"lat": lat, "lon": lon}


def park(number, x, y, **more):
    park = {"id": f"n{number}", "name": f"Garage {number}", **at(x, y), "covered": True}
    return {**park, "entrances": [{**at(x, y), "by": "road"}], **more}


@pytest.fixture
def places():
    streets = [{"name": f"Street {y}", "points": [spot(x, y) for x in range(9)]} for y in range(9)]
    pois = [{"id": f"n{n}", "name": "Shop", "kind": "shop", **at(4 + n % 3, 4 + n % 2)} for n in range(30)]
    sites = [park(number, 2 + number, 4) for number in range(5)]
    return {
        "streets": streets, "pois": pois, "sites": sites, "districts": [], "addresses": [], "chargers": [],
    }  # fmt: skip


def make(places, region=EURO):
    return build_seed("rivertown", GroundPlan(BOUNDS, places), region, 0)


def test_everything_lies_in_the_area_and_the_area_in_the_extract(places):
    seed = make(places)
    area = seed["area"]
    assert BOUNDS[0] <= area["west"] < area["east"] <= BOUNDS[2]
    assert BOUNDS[1] <= area["south"] < area["north"] <= BOUNDS[3]
    for row in [*seed["sites"], *seed["depots"], *seed["parking_spots"]]:
        assert area["south"] <= row["lat"] <= area["north"], row["name"]
        assert area["west"] <= row["lon"] <= area["east"], row["name"]


def test_the_whole_fleet_has_homes_with_plugs_of_its_own(places):
    seed = make(places)
    depots = {depot["slug"]: depot for depot in seed["depots"]}
    assert len(seed["units"]) == 13
    for unit in seed["units"]:
        home = depots[unit["home"]]
        assert [plug["unit"] for plug in home["plugs"] if plug.get("unit") == unit["name"]] == [unit["name"]]
        if unit["mobility"] == "on_site":
            assert unit["site"] == home["site"]


def test_vans_live_apart(places):
    lats = {depot["lat"] for depot in make(places)["depots"] if "site" not in depot}
    assert len(lats) >= 2


def test_where_there_is_no_car_park_nobody_lives_in_one(places):
    seed = make({**places, "sites": []})
    assert {unit["kind"] for unit in seed["units"]} == {"van", "portable"}
    assert (seed["sites"], seed["car_park_spots"], seed["car_park_rate_per_h"]) == ([], [], 0.0)


def test_people_park_where_much_goes_on(places):
    spots = make(places)["parking_spots"]
    assert max(spots, key=lambda row: row["weight"]) == spots[0]
    assert abs(spots[0]["lat"] - spot(4, 4)[0]) < 2 * STEP
    assert {row["weight"] for row in spots} >= {1, 4}


def test_what_nobody_has_mapped_of_a_covered_car_park_is_assumed_low(places):
    places["sites"] = [park(1, 3, 4), park(2, 4, 4, covered=False), park(3, 5, 4, max_height_m=2.1)]
    heights = {site["name"]: site["max_height_mm"] for site in make(places)["sites"]}
    assert heights == {"Garage 1": 1900, "Garage 2": None, "Garage 3": 2100}


@pytest.mark.parametrize("more", [{"access": "private"}, {"entrances": []}])
def test_a_car_park_nobody_may_or_can_enter_is_no_site(places, more):
    places["sites"] = [park(1, 3, 4, **more)]
    assert make(places)["sites"] == []


def test_prices_are_in_the_currency_of_the_place(places):
    kronor = Region("Europe/Stockholm", "SEK", "en", ("en", "fr"), 2500)
    seed = make(places, kronor)
    assert seed["area"]["currency"] == "SEK"
    assert seed["tariff"]["callout_minor"] == 20_900
    assert seed["tariff"]["version"] == 1


def test_the_same_city_gives_the_same_seed(places):
    assert make(places) == make(places)


def test_a_city_without_a_street_is_no_place_for_a_fleet(places):
    with pytest.raises(CityError, match="no street with a name"):
        make({**places, "streets": []})


@pytest.fixture
def built(tmp_path, places):
    city = tmp_path / "city" / "rivertown"
    city.mkdir(parents=True)
    (city / "meta.json").write_text(json.dumps({"bounds": BOUNDS}))
    (city / "places.json").write_text(json.dumps(places))
    return city


def test_a_made_seed_is_written_once_and_may_be_edited(built):
    made = find_seed(built, {"time_zone": "Europe/Rome"})
    path = built.with_name("rivertown.seed.json")
    path.write_text(path.read_text().replace("Voltrun Rivertown", "River Charge"))
    again = find_seed(built, {"time_zone": "Europe/Paris"})
    assert made["area"]["time_zone"] == again["area"]["time_zone"] == "Europe/Rome"
    assert again["operator"]["name"] == "River Charge"


def test_a_city_that_is_not_built_has_no_seed(tmp_path):
    with pytest.raises(CityError, match="atlantis is not built"):
        find_seed(tmp_path / "atlantis", {})


def test_a_seed_that_is_broken_is_one_sentence(built):
    built.with_name("rivertown.seed.json").write_text("{")
    with pytest.raises(CityError, match=r"rivertown\.seed\.json is not JSON"):
        find_seed(built, {})


def test_the_demo_city_gets_its_other_garages_too(monaco):
    bare, whole = find_seed(monaco.folder.with_name("nowhere") / "monaco", {}), find_seed(monaco.folder, {})
    more = whole["sites"][len(bare["sites"]) :]
    assert len(more) > 5
    assert all(site["covered"] and site["entrances"] for site in more)
    names = [site["name"] for site in whole["sites"]]
    assert len({site["slug"] for site in whole["sites"]}) == len(names)
    assert {name for name in names if names.count(name) > 1} <= {site["name"] for site in more}
