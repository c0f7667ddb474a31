"""The board of how good predictions were: one operator's own, by lead time."""

from datetime import timedelta

import pytest

from accounts.models import Operator
from accounts.roles import Role
from dispatch.models import EtaSample
from dispatch.services.eta_samples import resolve_samples, take_samples
from tests.cast import make_person, open_door
from tests.dispatch.crew import Crew
from tests.small_world import build_world

ADDRESS = "/api/ops/eta-quality"


@pytest.fixture
def world(db):
    return build_world()


def test_before_anything_was_predicted_it_is_empty(world):
    board = open_door(world.people["Dana"]).get(ADDRESS).json()
    assert (board["model"], board["models"], board["arrival"], board["ready"]) == (None, [], [], [])


def test_what_came_is_judged_against_what_was_shown(world):
    request = world.accept("Alice")
    take_samples(world.area, world.now)
    Crew(world).serve(world.stop_of(request))
    resolve_samples(world.area)
    board = open_door(world.people["Dana"]).get(ADDRESS).json()
    (arrival,) = board["arrival"]
    sample = EtaSample.objects.get()
    late = (sample.arrived_at - sample.arrival_p50).total_seconds()
    assert (arrival["count"], arrival["bias_s"], arrival["mae_s"]) == (1, round(late, 1), round(abs(late), 1))
    assert arrival["lead_from_min"] == 0
    (ready,) = board["ready"]
    assert (ready["width_s"], ready["covers_p10_p90"]) == (None, None)


def test_what_is_older_than_a_week_counts_no_more(world):
    world.accept("Alice")
    take_samples(world.area, world.now)
    EtaSample.objects.update(over=True, arrived_at=world.now + timedelta(minutes=9))
    world.wait(days=8)
    assert open_door(world.people["Dana"]).get(ADDRESS).json()["arrival"] == []


def test_the_house_figures_tell_of_a_quarter_of_an_hour_ahead(world):
    world.accept("Alice", earliest=world.now + timedelta(minutes=15))
    take_samples(world.area, world.now)
    early, late = EtaSample.objects.get().arrival_p10, timedelta(minutes=60)
    EtaSample.objects.update(over=True, arrived_at=early + late)
    text = open_door().get("/metrics").content.decode()
    assert "voltrun_eta_samples 1.0" in text
    assert "voltrun_eta_covers_p90 0.0" in text


def test_others_see_nothing_of_it(world):
    world.accept("Alice")
    take_samples(world.area, world.now)
    EtaSample.objects.update(over=True, arrived_at=world.now + timedelta(minutes=9))
    otto = make_person("Otto", Operator.objects.create(name="Elsewhere Power"), Role.DISPATCHER)
    assert open_door(otto).get(ADDRESS).status_code == 404
    for name in ("Alice", "Cora"):
        assert open_door(world.people[name]).get(ADDRESS).status_code == 403
