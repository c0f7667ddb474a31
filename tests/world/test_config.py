"""The config is checked at the door, and what is wrong is named by its path."""

import copy

import pytest

from dispatch.world.config import InvalidWorldConfig, load_config, parse_config
from tests.world.town import WORLD


def test_reads_units_with_their_crews():
    config = parse_config(WORLD)
    (unit,) = config.units
    assert [crew.email for crew in unit.crews] == ["crew@demo.test"]
    assert unit.device.token == "vd_d1_s"
    assert (config.setup_s, config.wrapup_s, config.roads) == (465, 240, None)


def test_car_parks_are_optional_and_each_has_a_name():
    assert parse_config(WORLD).people.car_parks == ()
    spot = {"site": "boulingrins", "lat": 43.74, "lon": 7.43, "weight": 6}
    assert parse_config({**WORLD, "car_parks": [spot]}).people.car_parks[0].site == "boulingrins"
    with pytest.raises(InvalidWorldConfig, match=r"car_parks\[0\]\.site"):
        parse_config({**WORLD, "car_parks": [{"lat": 43.74, "lon": 7.43}]})


@pytest.mark.parametrize(
    ("path", "change"),
    [
        ("$.area.time_zone", lambda world: world["area"].update(time_zone="Europe/Atlantis")),
        ("$.area.name", lambda world: world["area"].pop("name")),
        ("$.units[0].pack.usable_wh", lambda world: world["units"][0]["pack"].update(usable_wh=0)),
        ("$.units[0].device", lambda world: world["units"][0].update(device="d1")),
        ("$.units[0].home.lat", lambda world: world["units"][0]["home"].update(lat="north")),
        ("$.rate_per_h", lambda world: world.update(rate_per_h=-1)),
        ("$.drivers", lambda world: world.update(drivers={})),
        ("$.places", lambda world: world.update(places=[])),
        ("$.units[0].charger.power_w", lambda world: world["units"][0]["charger"].update(power_w=True)),
    ],
)
def test_names_what_is_wrong(path, change):
    world = copy.deepcopy(WORLD)
    change(world)
    with pytest.raises(InvalidWorldConfig) as caught:
        parse_config(world)
    assert caught.value.path == path


def test_says_when_it_is_not_json(tmp_path):
    (tmp_path / "world.json").write_text("{")
    with pytest.raises(InvalidWorldConfig, match="not JSON"):
        load_config(tmp_path / "world.json")
