"""The demo is planted once; again, it changes nothing."""

import json

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from dispatch.city.seeds import DATA
from dispatch.models import ReplanWanted, ServiceArea, Shift, Unit, Vehicle
from tests.small_world import TEN, set_time

SEED = DATA / "monaco.seed.json"


@pytest.fixture
def demo(db, settings, tmp_path):
    settings.DEMO, settings.VAR_DIR, settings.CITY = True, tmp_path, "monaco"
    settings.WORLD_FILE = tmp_path / "world.json"
    set_time(TEN)
    call_command("seed_demo", verbosity=0)
    return tmp_path


def read_rows() -> dict:
    models = [m for app in ("accounts", "dispatch") for m in apps.get_app_config(app).get_models()]
    return {
        model.__name__: sorted(map(str, model.objects.values_list()))
        for model in models
        # The wish for a first plan is said at every start.
        if model is not ReplanWanted
    }


def test_planting_twice_changes_nothing(demo):
    rows, world = read_rows(), (demo / "world.json").read_text()
    call_command("seed_demo", verbosity=0)
    assert read_rows() == rows
    assert (demo / "world.json").read_text() == world


def test_the_fleet_works_and_the_world_knows_its_secrets(demo):
    assert {unit.kind for unit in Unit.objects.all()} == {"van", "robot", "trolley", "portable"}
    assert Shift.objects.exists()
    world = json.loads((demo / "world.json").read_text())
    assert len(world["units"]) == Unit.objects.count()
    assert (demo / "world.json").stat().st_mode & 0o077 == 0


def test_nothing_is_planted_where_it_is_not_a_demo(db, settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("seed_demo")
    assert not Unit.objects.exists()


def test_the_demo_s_cars_are_of_the_catalogue(demo):
    cars = Vehicle.objects.select_related("catalogue")
    assert all(car.catalogue is not None and car.usable_wh == car.catalogue.usable_wh for car in cars)
    assert all(car.inlet for car in cars)


def test_a_database_holds_one_city(demo, settings):
    other = json.loads(SEED.read_text())
    other["area"] = {**other["area"], "slug": "elsewhere", "name": "Elsewhere"}
    path = demo / "elsewhere.seed.json"
    path.write_text(json.dumps(other))
    with pytest.raises(CommandError, match="holds Monaco already; Elsewhere needs one of its own"):
        call_command("seed_demo", seed=path)
    assert ServiceArea.objects.count() == 1


@pytest.mark.parametrize(("text", "sentence"), [(None, "cannot be read"), ("{", "cannot be read")])
def test_a_seed_that_cannot_be_read_is_one_sentence(db, settings, tmp_path, text, sentence):
    settings.DEMO, settings.VAR_DIR = True, tmp_path
    path = tmp_path / "some.seed.json"
    if text is not None:
        path.write_text(text)
    with pytest.raises(CommandError, match=sentence):
        call_command("seed_demo", seed=path)
