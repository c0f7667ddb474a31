"""Desks are opened anew for another plan and when they age: by a keeper, so that no wish waits for it."""

from datetime import timedelta

import pytest

from dispatch.routing_bridge import desks, replanning
from dispatch.routing_bridge.desks import AGEING_S, FRESH_S, Keeper, open_desk, take_desk
from dispatch.routing_bridge.documents import find_document
from tests.patience import wait_until


@pytest.fixture
def keeper(monkeypatch):
    keeper = Keeper()
    monkeypatch.setattr(desks, "KEEPER", keeper)
    keeper.begin()
    yield keeper
    keeper.end()


def take(world, *, newest=False):
    """Take the desk; returns its version, and how old it is."""
    with take_desk(world.area.id, find_document(world.area.id), world.now, newest=newest) as held:
        return held.document.version, held.age_s(world.now)


def plan_anew(world, monkeypatch):
    """Publish another whole plan at the same moment."""
    monkeypatch.setattr(replanning, "RENEWED", timedelta(seconds=-1))
    world.plan()


def test_without_a_keeper_a_wish_opens_the_desk_of_the_running_plan(world, monkeypatch):
    world.plan()
    assert take(world) == (1, 0)
    plan_anew(world, monkeypatch)
    assert take(world) == (2, 0)


def test_with_a_keeper_a_wish_takes_what_stands_and_soon_the_new_plan(world, keeper, monkeypatch):
    world.plan()
    before = take(world)
    plan_anew(world, monkeypatch)
    assert before == take(world) == (1, 0)
    wait_until(lambda: take(world)[0] == 2, 10, "the desk of the new plan")


def test_who_needs_the_newest_plan_opens_it(world, keeper, monkeypatch):
    world.plan()
    take(world)
    plan_anew(world, monkeypatch)
    assert take(world, newest=True) == (2, 0)


def test_quotes_take_what_stands_while_an_accept_opens_the_newest(world, keeper, monkeypatch):
    world.plan()
    take(world)
    plan_anew(world, monkeypatch)
    meanwhile = []

    def open_while_others_ask(document, now):
        meanwhile.append(take(world))
        return open_desk(document, now)

    monkeypatch.setattr(desks, "open_desk", open_while_others_ask)
    assert take(world, newest=True) == (2, 0)
    assert meanwhile[0] == (1, 0)  # the keeper may come in between, too


def test_a_desk_that_ages_is_opened_anew_before_it_is_too_old(world, keeper):
    world.plan()
    take(world)
    world.wait(seconds=AGEING_S + 1)
    assert take(world) == (1, AGEING_S + 1)
    wait_until(lambda: take(world) == (1, 0), 10, "a desk of this moment")


def test_a_desk_that_is_too_old_is_asked_no_more(world, keeper):
    world.plan()
    take(world)
    world.wait(seconds=FRESH_S + 1)
    assert take(world) == (1, 0)
