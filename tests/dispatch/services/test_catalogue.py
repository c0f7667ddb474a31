"""The catalogue's files: ours, and Open EV Data in both of its shapes; a bad one is one sentence."""

import json

import pytest
from django.core.management import CommandError, call_command

from dispatch.models import VehicleModel
from dispatch.services.catalogue import (
    BUILT_IN,
    CatalogueError,
    load_catalogue,
    read_catalogue,
    take_model,
)
from dispatch.services.open_ev_data import read_open_ev_data
from routing.model.request import Vehicle

KILOWATT = {
    "id": "1", "brand": "Volta", "model": "Uno", "variant": "Long", "vehicle_type": "car",
    "release_year": 2024,
    "usable_battery_size": 60.5, "charging_voltage": 800, "energy_consumption": {"average_consumption": 16.4},
    "ac_charger": {"ports": ["type2"], "usable_phases": 3, "max_power": 11},
    "dc_charger": {
        "ports": ["ccs"], "max_power": 120, "is_default_charging_curve": False,
        "charging_curve": [
            {"percentage": 10, "power": 100},
            {"percentage": 50, "power": 120},
            {"percentage": 100, "power": 0},
        ],
    },
}  # fmt: skip
DC = {"ports": ["ccs"], "max_power": 120, "is_default_charging_curve": False}
BEYOND_FULL = {"percentage": 130, "power": 1}
CHARGEPRICE = {
    "id": "2", "brand": "Volta", "model": "Duo", "variant": "", "vehicle_type": "car", "type": "bev",
    "release_year": None, "usable_battery_size": 30.0, "energy_consumption": {"average_consumption": 176.0},
    "ac_charger": {"ports": ["type1"], "usable_phases": 1, "max_power": 115, "power_per_charging_point": {}},
    "dc_charger": None,
}  # fmt: skip


@pytest.fixture
def write(tmp_path):
    def write(document, name="cars.json"):
        path = tmp_path / name
        path.write_text(document if isinstance(document, str) else json.dumps(document))
        return path

    return write


def test_the_built_in_cars_are_ones_the_engine_can_charge():
    entries = read_catalogue(BUILT_IN)
    assert len(entries) >= 40
    for entry in entries:
        car = Vehicle(
            usable_wh=entry.usable_wh, max_dc_w=entry.max_dc_w, max_ac_w=entry.max_ac_w,
            connectors=tuple(entry.connectors), voltage_v=entry.voltage_v,
            efficiency_pct=entry.efficiency_pct,
            curve=tuple((soc, power) for soc, power in entry.curve),
        )  # fmt: skip
        assert car.usable_wh > 15_000
        assert max((power for _, power in entry.curve), default=0) <= entry.max_dc_w * 1.05, entry.slug


def test_a_kilowatt_record_is_read_with_its_curve_and_voltage(write):
    (entry,) = read_open_ev_data(write({"meta": {}, "brands": [], "data": [KILOWATT]})).entries
    assert (entry.slug, entry.make, entry.model) == ("volta-uno-long-2024", "Volta", "Uno")
    assert (entry.usable_wh, entry.max_dc_w, entry.max_ac_w) == (60_500, 120_000, 11_000)
    assert (entry.voltage_v, entry.wh_per_km, entry.connectors) == (800, 164, ["ccs2", "type2"])
    assert entry.curve == [[0.0, 100_000], [0.1, 100_000], [0.5, 120_000], [1.0, 2_400]]
    assert entry.assumed == ["efficiency_pct", "inlet"]
    assert "KilowattApp" in entry.source


def test_a_chargeprice_record_is_read_and_says_what_was_assumed(write):
    (entry,) = read_open_ev_data(write({"data": [CHARGEPRICE]})).entries
    assert (entry.max_dc_w, entry.max_ac_w, entry.wh_per_km) == (0, 11_000, 176)
    assert (entry.connectors, entry.curve, entry.from_year) == (["type1"], [], None)
    assert {"curve", "max_ac_w", "voltage_v", "wh_per_km"} <= set(entry.assumed)
    assert "chargeprice" in entry.source


@pytest.mark.parametrize("shape", [lambda row: {"data": [row]}, lambda row: [row], lambda row: row])
def test_a_list_and_a_single_car_are_read_as_well(write, shape):
    assert [entry.model for entry in read_open_ev_data(write(shape(KILOWATT))).entries] == ["Uno"]


def test_what_is_no_battery_car_is_left_out_and_counted(write):
    rows = [KILOWATT, {**CHARGEPRICE, "type": "phev"}, {**KILOWATT, "vehicle_type": "motorbike"}]
    found = read_open_ev_data(write({"data": rows}))
    assert ([entry.model for entry in found.entries], found.skipped) == (["Uno"], 2)


def test_of_two_records_of_one_car_the_one_that_says_more_counts(write):
    vague = {**KILOWATT, "energy_consumption": {}, "usable_battery_size": 50}
    for rows in ([vague, KILOWATT], [KILOWATT, vague]):
        found = read_open_ev_data(write({"data": rows}))
        assert ([entry.usable_wh for entry in found.entries], found.repeated) == ([60_500], 1)


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ("", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ({"data": {}}, "holds no list of vehicles"),
        ({"data": []}, "holds no electric cars"),
        ({"data": [{"name": "Uno"}]}, r"data\[0\] has no brand and no model"),
        (
            {"data": [KILOWATT, {**KILOWATT, "usable_battery_size": "big"}]},
            r"data\[1\].usable_battery_size must be a number",
        ),
        ({"data": [{**KILOWATT, "usable_battery_size": None}]}, "usable_battery_size must be a number"),
        ({"data": [{**KILOWATT, "usable_battery_size": 0.4}]}, "is no car's battery"),
        ({"data": [{**KILOWATT, "dc_charger": "yes"}]}, "dc_charger must be an object"),
        ({"data": [{**KILOWATT, "brand": 7}]}, "brand must be a text"),
        (
            {"data": [{**KILOWATT, "dc_charger": {**DC, "charging_curve": [BEYOND_FULL]}}]},
            "percentage must lie between 0 and 100",
        ),
        ({"models": "all"}, "holds no list called models"),
        ({"models": [{"slug": "x"}]}, r"models\[0\]: missing or unknown: "),
    ],
)  # fmt: skip
def test_a_bad_file_is_one_sentence_and_changes_nothing(db, write, document, sentence):
    load_catalogue(read_catalogue(BUILT_IN))
    before = list(VehicleModel.objects.order_by("slug").values())
    with pytest.raises(CommandError, match=sentence) as error:
        call_command("import_vehicles", write(document))
    assert "\n" not in str(error.value)
    assert list(VehicleModel.objects.order_by("slug").values()) == before


def test_a_missing_file_is_said_to_be_missing(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_vehicles", tmp_path / "nowhere.json")


def test_our_own_file_holds_no_car_twice_and_no_value_of_the_wrong_kind(write):
    rows = json.loads(BUILT_IN.read_text())["models"]
    with pytest.raises(CatalogueError, match="there twice"):
        read_catalogue(write({"models": [rows[0], rows[0]]}))
    with pytest.raises(CatalogueError, match="wrong kind"):
        read_catalogue(write({"models": [{**rows[0], "usable_wh": "52"}]}))


def test_importing_again_changes_only_what_has_changed(db, write, capsys):
    path = write({"data": [KILOWATT, CHARGEPRICE]})
    call_command("import_vehicles", path)
    call_command("import_vehicles", path)
    call_command("import_vehicles", write({"data": [{**KILOWATT, "usable_battery_size": 61}, CHARGEPRICE]}))
    said = [line for line in capsys.readouterr().out.splitlines() if "added" in line]
    assert said == [
        "2 added, 0 changed, 0 as they were",
        "0 added, 0 changed, 2 as they were",
        "0 added, 1 changed, 1 as they were",
    ]
    assert VehicleModel.objects.get(model="Uno").usable_wh == 61_000


def test_a_car_keeps_what_it_was_added_with(world_of_one_car):
    car, model = world_of_one_car
    model.usable_wh += 1_000
    model.save()
    car.refresh_from_db()
    assert car.usable_wh == model.usable_wh - 1_000


@pytest.fixture
def world_of_one_car(alice):
    load_catalogue(read_catalogue(BUILT_IN)[:1])
    model = VehicleModel.objects.get()
    car = alice.vehicles.model(person=alice, name="Mine", plate="")
    take_model(car, model)
    car.save()
    return car, model
