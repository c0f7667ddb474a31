"""The demo is planted once; again, it changes nothing."""

import json

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from dispatch.models import ReplanWanted, Shift, Unit
from tests.small_world import TEN, set_time


@pytest.fixture
def demo(db, settings, tmp_path):
    settings.DEMO, settings.VAR_DIR, settings.CITY = True, tmp_path, "monaco"
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
