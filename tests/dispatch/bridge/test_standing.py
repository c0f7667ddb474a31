"""Whatever state the rows are in, a plan stands, and the judge finds nothing in it."""

from datetime import timedelta
from random import Random

import pytest
from django.db import transaction

from dispatch.models import (
    ChargeRequest,
    Lock,
    Pack,
    Plug,
    Shift,
    Stop,
    StopState,
    Unit,
    UnitState,
)
from dispatch.routing_bridge.replanning import draft_solved
from dispatch.routing_bridge.solving import Candidate
from dispatch.routing_bridge.standing import stand
from routing.evaluation import violations
from tests.dispatch.crew import Crew
from tests.small_world import CASINO, PORT, STADIUM, TEN, SmallWorld, add_driver, add_van, build_world

PLACES = (CASINO, STADIUM, PORT, (43.7447, 7.4330), (43.7312, 7.4190))
ROUNDS = 25


@pytest.fixture(scope="module")
def busy_world(django_db_setup, django_db_blocker):
    """Three vans that share their pack, eight accepted requests, a break and a second shift each."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_busy_world()
        transaction.set_rollback(True)


def build_busy_world() -> SmallWorld:
    world = build_world(vans=2, drivers=[])
    add_van(world, "Dauphin")
    Unit.objects.update(shares_pack=True)
    for shift in Shift.objects.all():
        shift.breaks = [
            {
                "id": "break-1",
                "earliest": (TEN + timedelta(hours=1)).isoformat(),
                "latest": (TEN + timedelta(hours=3)).isoformat(),
                "duration_s": 1800,
            }
        ]
        shift.ends_at = TEN + timedelta(hours=5)
        shift.save()
        Shift.objects.create(
            operator=world.operator,
            unit=shift.unit,
            starts_at=TEN + timedelta(hours=6),
            ends_at=TEN + timedelta(hours=14),
            breaks=[],
        )
    world.plan()
    for number in range(8):
        name = f"Driver {number}"
        add_driver(world, name)
        world.accept(name, place=PLACES[number % len(PLACES)], energy_wh=20_000)
    return world


@pytest.mark.parametrize("seed", range(ROUNDS))
@pytest.mark.usefixtures("django_db_blocker")
def test_a_plan_stands_on_any_state(busy_world, django_db_blocker, seed):
    with django_db_blocker.unblock(), transaction.atomic():
        now = disturb(busy_world, Random(seed))
        standing = stand(busy_world.area.id, now)
        assert violations(standing.whole, standing.plan) == ()
        served = {stop.request for _, stop in standing.plan.iterate_stops() if stop.request}
        missed = {item.request for item in standing.plan.unserved}
        assert served | missed == {request.id for request in standing.whole.requests}
        assert draft_solved(busy_world.area.id, Candidate(None), now) is not None
        transaction.set_rollback(True)


def disturb(world: SmallWorld, rng: Random):
    """Let hours go by, units be late, empty, away, broken, plugs fail, locks stand."""
    now = TEN + timedelta(minutes=rng.choice([0, 7, 45, 90, 180, 299, 301, 340, 420, 600, 700]))
    for state in UnitState.objects.select_related("unit__pack"):
        state.pack_wh = rng.choice([0, 500, 4_999, 30_000, 100_000])
        state.pack_at = now - timedelta(minutes=rng.choice([0, 1, 90]))
        state.lat, state.lon = rng.choice(PLACES)
        state.next_arrival_at = rng.choice([None, now - timedelta(hours=1), now + timedelta(hours=3)])
        state.activity = rng.choice(["available", "available", "off_duty", "out_of_service"])
        state.save()
        begin_something(state, now, rng)
    for stop in Stop.objects.filter(state="planned", kind="serve"):
        if rng.random() < 0.4:
            what = rng.choice(["unit", "time", "both"])
            Lock.objects.create(operator=world.operator, stop=stop, what=what, who="planner", created_at=now)
    Plug.objects.filter(id=rng.choice(list(Plug.objects.values_list("id", flat=True)))).update(
        state=rng.choice(["available", "out_of_service"])
    )
    Pack.objects.update(reserve_wh=rng.choice([5_000, 40_000]))
    return now


def begin_something(state: UnitState, now, rng: Random) -> None:
    """Put the unit's first stop, whatever it is, under way; perhaps one of a shift that is long over."""
    stops = Stop.objects.filter(unit=state.unit_id, state="planned")
    stop = stops.order_by("route__shift__starts_at", "position").first()
    if stop is None or rng.random() < 0.3:
        return
    stop.state = rng.choice([StopState.DISPATCHED, StopState.ARRIVED, StopState.WORKING, StopState.FAILED])
    began = now - timedelta(minutes=rng.choice([0, 5, 200]))
    stop.departed_at = began
    stop.arrived_at = None if stop.state == StopState.DISPATCHED else began
    stop.worked_from = began if stop.state == StopState.WORKING else None
    stop.done_at = now if stop.state == StopState.FAILED else None
    stop.save()
    if stop.request_id:
        gone = {"failed": "booked", "dispatched": "en_route", "arrived": "on_site", "working": "charging"}
        ChargeRequest.objects.filter(id=stop.request_id).update(status=gone[stop.state])


def test_a_plug_or_a_unit_that_fails_leaves_the_others_planned(world):
    """Azur's own plug names Azur: with Azur gone, nothing may refer to it any more."""
    booked = world.accept("Alice")
    unit = world.stop_of(booked).unit
    Lock.objects.create(
        operator=world.operator, stop=world.stop_of(booked), what="unit", who="planner", created_at=world.now
    )
    UnitState.objects.filter(unit=unit).update(activity="out_of_service")
    standing = stand(world.area.id, world.now)
    route, _ = standing.plan.find_stop(str(booked.id))
    assert route.unit != str(unit.id)
    assert str(unit.id) not in {plug.unit for plug in standing.whole.plugs}


def test_a_unit_between_shifts_rests_at_home_until_the_next(world):
    azur = world.units["Azur"]
    Shift.objects.filter(unit=azur).update(starts_at=world.now + timedelta(hours=2))
    UnitState.objects.filter(unit=azur).update(pack_wh=20_000)
    standing = stand(world.area.id, world.now)
    start = next(unit.state for unit in standing.whole.units if unit.id == str(azur.id))
    assert start.at_s == 2 * 3600
    assert start.energy_wh == 20_000 + 2 * 7_000


def test_what_a_car_got_before_a_failure_is_not_delivered_twice(world):
    request, crew = world.accept("Alice"), Crew(world)
    stop = world.stop_of(request)
    crew.begin(stop)
    world.wait(minutes=5)
    crew.do("fail", stop, reason="charger_fault", meter_wh=crew.meter_wh + 4_000)
    asked = next(item for item in stand(world.area.id, world.now).whole.requests)
    assert asked.energy_wh == 15_000 - 4_000
    assert asked.vehicle.soc == pytest.approx(0.3 + 4_000 * 0.95 / 60_000)
