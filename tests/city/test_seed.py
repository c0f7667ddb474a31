"""The seed file holds together: what it refers to exists, and the fleet covers the day."""

import json
from pathlib import Path
from typing import Any

import pytest

from routing.travel import CAR, FOOT, HIGH_VAN, OsrmTravel, Point

DATA = Path(__file__).parents[2] / "dispatch" / "city" / "data"
SEED = DATA / "monaco.seed.json"
DAY_S = 24 * 3600


@pytest.fixture(scope="module")
def seed() -> dict[str, Any]:
    return json.loads(SEED.read_text(encoding="utf-8"))


def keys(rows, field):
    found = [row[field] for row in rows]
    assert len(found) == len(set(found)), f"{field} is not unique"
    return set(found)


def at(row) -> Point:
    return Point(row["lat"], row["lon"])


def seconds(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60


def on_shift(unit, second: int) -> bool:
    return any(
        (second - seconds(line["starts_local"])) % DAY_S < line["duration_s"] for line in unit["roster"]
    )


def vans(seed):
    return [unit for unit in seed["units"] if unit["kind"] == "van"]


def test_everybody_is_a_demo_person_and_the_four_sign_ins_are_there(seed):
    emails = keys(seed["persons"], "email")
    assert all(email.endswith("@demo.test") for email in emails)
    signing_in = {person["email"] for person in seed["persons"] if not person["simulated"]}
    assert signing_in == {f"{role}@demo.test" for role in ("driver", "dispatcher", "crew", "owner")}
    assert seed["demo_password"] == "voltrun-demo"


def test_memberships_are_of_known_persons_in_known_roles(seed):
    emails = keys(seed["persons"], "email")
    assert {row["person"] for row in seed["memberships"]} <= emails
    assert {row["role"] for row in seed["memberships"]} == {"dispatcher", "owner", "crew"}


def test_every_driver_has_a_car_of_a_known_model_and_no_plate_is_given_twice(seed):
    models = keys(seed["vehicle_models"], "slug")
    keys(seed["vehicles"], "plate")
    assert {car["model"] for car in seed["vehicles"]} <= models
    staff = {row["person"] for row in seed["memberships"]}
    drivers = {person["email"] for person in seed["persons"]} - staff
    assert {car["person"] for car in seed["vehicles"]} == drivers
    assert len(drivers) == 25
    assert all(0 < car["soc_hint"] < 1 for car in seed["vehicles"])


def test_cars_are_of_the_catalogue_and_hardly_two_are_alike(seed):
    rows = json.loads((DATA / "vehicles.json").read_text(encoding="utf-8"))["models"]
    catalogue = {row["slug"]: row for row in rows}
    for model in seed["vehicle_models"]:
        known = catalogue[model["slug"]]
        said = {name: value for name, value in model.items() if name != "model"}
        assert said == {name: known[name] for name in said}
    assert len({car["model"] for car in seed["vehicles"]}) >= 20


def test_one_car_needs_chademo_and_the_others_ccs(seed):
    connectors = {model["slug"]: model["connectors"] for model in seed["vehicle_models"]}
    needing = [car["name"] for car in seed["vehicles"] if "chademo" in connectors[car["model"]]]
    assert needing == ["Leaf"]
    assert all("ccs2" in kinds or "chademo" in kinds for kinds in connectors.values())


def test_curves_run_from_empty_to_full_and_never_stop(seed):
    curves = [model["curve"] for model in seed["vehicle_models"]] + [
        u["pack"]["curve"] for u in seed["units"]
    ]
    for curve in filter(None, curves):
        socs = [soc for soc, _ in curve]
        assert (socs[0], socs[-1]) == (0, 1)
        assert socs == sorted(set(socs))
        assert all(isinstance(power, int) and power > 0 for _, power in curve)


def test_units_live_where_there_are_plugs_of_their_own(seed):
    names = keys(seed["units"], "name")
    sites = keys(seed["sites"], "slug")
    depots = {depot["slug"]: depot for depot in seed["depots"]}
    assert {depot["site"] for depot in depots.values() if "site" in depot} <= sites
    for depot in depots.values():
        keys(depot["plugs"], "name")
        assert {plug.get("unit") for plug in depot["plugs"]} - {None} <= names
    for unit in seed["units"]:
        own = [plug for plug in depots[unit["home"]]["plugs"] if plug.get("unit") == unit["name"]]
        assert len(own) == 1, unit["name"]
        assert unit["device"]["label"]
        if unit["mobility"] == "on_site":
            assert unit["site"] == depots[unit["home"]]["site"]


def test_vans_share_two_fast_plugs_at_each_of_their_depots(seed):
    homes = {van["home"] for van in vans(seed)}
    assert len(homes) == 2
    for depot in seed["depots"]:
        if depot["slug"] in homes:
            fast = [plug for plug in depot["plugs"] if "unit" not in plug]
            assert [plug["power_w"] for plug in fast] == [60_000, 60_000]


def test_packs_have_their_levels_in_order(seed):
    for unit in seed["units"]:
        pack = unit["pack"]
        assert 0 < pack["reserve_wh"] < pack["target_wh"] <= pack["usable_wh"]
        assert pack["reserve_wh"] * 10 == pack["usable_wh"]
        assert pack["reserve_wh"] / pack["usable_wh"] < pack["start_soc"] <= 1


def test_shifts_of_a_unit_do_not_overlap_and_nobody_works_two(seed):
    crew = {row["person"] for row in seed["memberships"] if row["role"] == "crew"}
    working = [line["crew"] for unit in seed["units"] for line in unit["roster"] if line["crew"]]
    assert sorted(working) == sorted(crew)
    for unit in seed["units"]:
        lines = sorted((seconds(line["starts_local"]), line["duration_s"]) for line in unit["roster"])
        following = [*lines[1:], (lines[0][0] + DAY_S, 0)]
        for (start, length), (after, _) in zip(lines, following, strict=True):
            assert start + length < after, unit["name"]


def test_every_van_shift_has_half_an_hour_s_break_inside(seed):
    for van in vans(seed):
        for line in van["roster"]:
            (pause,) = line["breaks"]
            assert pause["duration_s"] == 1800
            assert 0 < pause["after_s"] < pause["before_s"] < line["duration_s"] - pause["duration_s"]


def test_three_vans_are_on_shift_at_every_hour_and_six_by_day(seed):
    for second in range(0, DAY_S, 600):
        working = [van for van in vans(seed) if on_shift(van, second)]
        by_day = seconds("07:30") <= second < seconds("22:00")
        assert len(working) >= (6 if by_day else 3), second / 3600
        assert any("CHAdeMO" in van["charger"]["connectors"] for van in working)


def test_no_two_vans_change_crews_at_once_and_none_in_a_rush(seed):
    starts = sorted(seconds(line["starts_local"]) for van in vans(seed) for line in van["roster"])
    assert len(starts) == len(set(starts))
    ends = {
        (seconds(line["starts_local"]) + line["duration_s"]) % DAY_S
        for van in vans(seed)
        for line in van["roster"]
    }
    rushes = [(seconds("08:00"), seconds("10:30")), (seconds("17:00"), seconds("21:00"))]
    assert not [end for end in ends if any(begin < end < last for begin, last in rushes)]


def test_the_fleet_is_of_every_kind(seed):
    kinds = [unit["kind"] for unit in seed["units"]]
    assert {kind: kinds.count(kind) for kind in kinds} == {"van": 8, "robot": 3, "trolley": 1, "portable": 1}
    assert {(van["profile"], van["height_mm"]) for van in vans(seed)} == {(CAR, 1950), (HIGH_VAN, 2600)}


def test_a_high_van_fits_into_no_covered_car_park_and_a_compact_one_into_some(seed):
    covered = [site["max_height_mm"] for site in seed["sites"] if site["covered"]]
    assert max(covered) < 2600
    assert min(covered) < 1950 < max(covered)


def test_robots_work_round_the_clock_but_for_two_rests(seed):
    robots = [unit for unit in seed["units"] if unit["kind"] == "robot"]
    assert len({robot["site"] for robot in robots}) == 3
    for robot in robots:
        assert robot["profile"] == FOOT
        assert len(robot["roster"]) == 2
        assert sum(on_shift(robot, second) for second in range(0, DAY_S, 600)) * 600 >= 20 * 3600


def test_trolley_and_portable_have_an_attendant_and_go_on_foot(seed):
    for unit in seed["units"]:
        if unit["kind"] in ("trolley", "portable"):
            assert unit["profile"] == FOOT
            assert all(line["crew"] and line["breaks"] for line in unit["roster"])


def test_one_garage_is_closed_at_night(seed):
    closing = [site["name"] for site in seed["sites"] if "hours" in site]
    assert closing == ["Parking du Jardin Exotique"]


def test_all_places_lie_in_the_area(seed):
    area = seed["area"]
    for row in [*seed["sites"], *seed["depots"], *seed["parking_spots"]]:
        assert area["south"] < row["lat"] < area["north"], row["name"]
        assert area["west"] < row["lon"] < area["east"], row["name"]


def test_sites_are_car_parks_of_the_extract(seed, monaco):
    places = json.loads((monaco.folder / "places.json").read_text(encoding="utf-8"))
    known = {site["id"]: site for site in places["sites"]}
    for site in seed["sites"]:
        real = known[site["osm"]]
        assert (site["name"], site["lat"], site["lon"]) == (real["name"], real["lat"], real["lon"])
        assert site["max_height_mm"] == 1000 * real.get("max_height_m", site["max_height_mm"] / 1000)


def test_vans_reach_every_depot_site_and_spot_within_a_quarter_of_an_hour(seed, monaco):
    roads = OsrmTravel(f"{monaco.folder}/osrm", snap_limit_m=60)
    places = [at(row) for row in [*seed["depots"], *seed["sites"], *seed["parking_spots"]]]
    for profile in (CAR, HIGH_VAN):
        table = roads.table(profile, places, places)
        assert all(cell is not None and cell < 900 for row in table.durations_s for cell in row)


def test_the_car_parks_units_live_in_can_be_crossed_on_foot(seed, monaco):
    roads = OsrmTravel(f"{monaco.folder}/osrm")
    for bay in (at(depot) for depot in seed["depots"] if depot.get("site")):
        deck = Point(bay.lat - 0.0003, bay.lon + 0.0003)
        table = roads.table(FOOT, [bay], [deck])
        assert all(cell is not None and cell < 600 for cell in table.durations_s[0])
