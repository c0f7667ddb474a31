"""Crews at their stops: each step exactly once, in order, at a time that can be true."""

from datetime import timedelta

import pytest

from dispatch.errors import Conflict, Invalid, NotFound
from dispatch.models import ChargingSession, Event, Message, ReplanWanted, Stop, UnitState
from tests.dispatch.crew import Crew
from tests.small_world import STADIUM, SmallWorld

STEPS = ("depart", "arrive", "start", "finish")
STATES = ("dispatched", "arrived", "working", "done")


@pytest.fixture
def crew(world: SmallWorld) -> Crew:
    return Crew(world)


@pytest.fixture
def request_of_alice(world: SmallWorld):
    return world.accept("Alice")


def say(step: str, crew: Crew) -> dict:
    return {"meter_wh": crew.meter_wh} if step in ("start", "finish") else {}


def reload(row):
    return type(row).objects.get(id=row.id)


def test_a_visit_goes_through_its_states_and_the_request_follows(world, crew, request_of_alice):
    stop = world.stop_of(request_of_alice)
    for step, state, status in zip(
        STEPS, STATES, ("en_route", "on_site", "charging", "completed"), strict=True
    ):
        world.wait(minutes=5)
        assert crew.do(step, stop, **say(step, crew)).state == state
        assert reload(request_of_alice).status == status
    heard = Event.objects.filter(stream=f"request:{request_of_alice.id}").order_by("seq")
    assert [event.type for event in heard] == [
        "booked", "assigned", "en_route", "on_site", "charging", "completed"
    ]  # fmt: skip


@pytest.mark.parametrize("again", range(4))
def test_a_step_said_again_is_refused_with_the_state(world, crew, request_of_alice, again):
    stop = world.stop_of(request_of_alice)
    for step in STEPS[: again + 1]:
        world.wait(minutes=1)
        crew.do(step, stop, **say(step, crew))
    before = reload(stop)
    with pytest.raises(Conflict) as caught:
        crew.do(STEPS[again], stop, **say(STEPS[again], crew))
    assert (caught.value.code, caught.value.facts["state"]) == ("not_in_that_state", STATES[again])
    assert reload(stop).revision == before.revision


@pytest.mark.parametrize("step", ["arrive", "start", "finish"])
def test_a_step_before_its_turn_is_refused(world, crew, request_of_alice, step):
    with pytest.raises(Conflict, match="not_in_that_state"):
        crew.do(step, world.stop_of(request_of_alice), **say(step, crew))


def test_a_later_stop_waits_for_the_first(world, crew, request_of_alice):
    stop = world.stop_of(request_of_alice)
    home = Stop.objects.get(unit=stop.unit, kind="hold")
    with pytest.raises(Conflict) as caught:
        crew.do("depart", home)
    assert (caught.value.code, caught.value.facts["stop"]) == ("not_next", str(stop.id))
    crew.do("depart", stop)
    with pytest.raises(Conflict, match="not_next"):
        crew.do("depart", home)


def test_a_stop_that_a_new_plan_does_without_is_not_found(world, crew, request_of_alice):
    stop = world.stop_of(request_of_alice)
    Stop.objects.filter(id=stop.id).delete()
    with pytest.raises(NotFound):
        crew.do("depart", stop)


def test_another_units_device_and_another_operators_crew_find_no_such_stop(world, crew, request_of_alice):
    stop = world.stop_of(request_of_alice)
    other = next(unit for unit in world.units.values() if unit.id != stop.unit_id)
    for caller in (world.device_of(other.id), world.caller("Alice")):
        with pytest.raises(NotFound):
            crew.do("depart", stop, caller=caller)


def test_a_device_from_the_future_is_set_to_now(world, crew, request_of_alice):
    at = world.now + timedelta(hours=1)
    assert crew.do("depart", world.stop_of(request_of_alice), at=at).departed_at == world.now


def test_a_late_word_is_taken_but_not_from_before_what_came_before(world, crew, request_of_alice):
    stop = world.stop_of(request_of_alice)
    world.wait(minutes=10)
    departed = world.now - timedelta(minutes=4)
    assert crew.do("depart", stop, at=departed).departed_at == departed
    assert crew.do("arrive", stop, at=departed - timedelta(minutes=2)).arrived_at == departed


def test_a_clock_of_another_day_is_not_believed(world, crew, request_of_alice):
    stop = crew.do("depart", world.stop_of(request_of_alice), at=world.now - timedelta(days=300))
    assert stop.departed_at == world.now


@pytest.mark.parametrize("step", ["start", "finish"])
def test_a_car_is_not_charged_without_the_meter(world, crew, request_of_alice, step):
    stop = world.stop_of(request_of_alice)
    crew.go_to(stop)
    if step == "finish":
        crew.do("start", stop, meter_wh=crew.meter_wh)
    with pytest.raises(Invalid, match="meter_missing"):
        crew.do(step, stop)


def test_a_register_never_goes_backwards(world, crew, request_of_alice):
    stop = world.stop_of(request_of_alice)
    crew.begin(stop)
    with pytest.raises(Invalid, match="meter_went_backwards"):
        crew.do("finish", stop, meter_wh=crew.meter_wh - 1)
    assert reload(stop).state == "working"


def test_nor_between_two_cars(world, crew, request_of_alice):
    first = world.stop_of(request_of_alice)
    crew.serve(first)
    second = world.stop_of(world.accept("Bob"))
    Stop.objects.filter(id=second.id).update(unit=first.unit, route=first.route)
    Stop.objects.filter(unit=first.unit, state="planned").exclude(id=second.id).delete()
    crew.go_to(reload(second))
    with pytest.raises(Invalid, match="meter_went_backwards"):
        crew.do("start", second, meter_wh=crew.meter_wh - 1)


def test_a_session_of_no_length_has_two_readings(world, crew, request_of_alice):
    """Start and finish with the same device time: a tablet that slept."""
    stop = world.stop_of(request_of_alice)
    crew.go_to(stop)
    crew.do("start", stop, meter_wh=5_000_000, at=world.now)
    crew.do("finish", stop, meter_wh=5_000_010, at=world.now)
    session = ChargingSession.objects.get(stop=stop)
    assert [reading.register_wh for reading in session.readings.all()] == [5_000_000, 5_000_010]
    assert session.energy_wh == 10


@pytest.mark.parametrize(
    ("reason", "status"),
    [
        ("no_show", "no_show"),
        ("car_gone", "no_show"),
        ("cancelled_on_site", "failed"),
        ("ev_refuses", "failed"),
        ("blocked_entrance", "booked"),
        ("charger_fault", "booked"),
    ],
)
def test_why_a_visit_failed_decides_what_becomes_of_the_request(
    world, crew, request_of_alice, reason, status
):
    stop = world.stop_of(request_of_alice)
    crew.go_to(stop)
    wanted = ReplanWanted.objects.get().wanted
    crew.do("fail", stop, reason=reason)
    request = reload(request_of_alice)
    assert (request.status, request.cause) == (status, reason)
    assert UnitState.objects.get(unit=stop.unit).activity == "available"
    assert ReplanWanted.objects.get().wanted > wanted


def test_a_request_that_went_back_has_reached_no_stage_and_is_planned_again(world, crew, request_of_alice):
    stop = world.stop_of(request_of_alice)
    crew.go_to(stop)
    crew.do("fail", stop, reason="blocked_entrance")
    assert set(reload(request_of_alice).stage_at) == {"booked"}
    world.plan()
    again = world.stop_of(request_of_alice)
    assert again.id != stop.id
    crew.do("depart", again)
    assert reload(request_of_alice).status == "en_route"
    assert set(reload(request_of_alice).stage_at) == {"booked", "assigned", "en_route"}


def test_a_failure_needs_a_reason_and_happens_once(world, crew, request_of_alice):
    stop = world.stop_of(request_of_alice)
    with pytest.raises(Invalid, match="reason_missing"):
        crew.do("fail", stop)
    crew.do("fail", stop, reason="blocked_entrance")
    with pytest.raises(Conflict, match="not_in_that_state"):
        crew.do("fail", stop, reason="blocked_entrance")


def test_giving_up_a_later_stop_does_not_free_a_unit_that_drives(world, crew, request_of_alice):
    stop = crew.do("depart", world.stop_of(request_of_alice))
    home = Stop.objects.get(unit=stop.unit, kind="hold")
    crew.do("fail", home, reason="road_closed")
    assert UnitState.objects.get(unit=stop.unit).activity == "travelling"


def test_a_visit_broken_off_keeps_what_the_meter_said_last(world, crew, request_of_alice):
    """The charger is dead: nobody can read its meter any more."""
    stop = world.stop_of(request_of_alice)
    crew.begin(stop)
    crew.do("fail", stop, reason="charger_fault")
    session = ChargingSession.objects.get(stop=stop)
    assert (session.state, session.energy_wh) == ("Faulted", 0)


def test_words_are_kept_in_a_row_and_never_in_an_event(world, crew, request_of_alice):
    stop = crew.do("depart", world.stop_of(request_of_alice), note="Mrs Example waits at the barrier")
    message = Message.objects.get()
    assert (message.stop_id, message.unit_id, message.kind) == (stop.id, stop.unit_id, "note")
    assert not Event.objects.filter(data__icontains="Example").exists()
    assert not Event.objects.filter(cause__icontains="Example").exists()


def test_coming_home_is_done_on_arrival(world, crew):
    request = world.accept("Alice", place=STADIUM)
    crew.serve(world.stop_of(request))
    world.plan()
    home = Stop.objects.filter(kind="hold", state="planned", unit__stops__request=request).get()
    crew.do("depart", home)
    assert crew.do("arrive", home).state == "done"
    assert UnitState.objects.get(unit=home.unit).activity == "available"


@pytest.mark.parametrize(("late_min", "wants"), [(1, 0), (4, 1)])
def test_setting_out_late_wants_a_plan_for_those_who_come_after(
    world, crew, request_of_alice, late_min, wants
):
    stop = world.stop_of(request_of_alice)
    world.wait(seconds=(stop.depart_at - world.now).total_seconds() + late_min * 60)
    wanted = ReplanWanted.objects.get().wanted
    crew.do("depart", stop)
    assert ReplanWanted.objects.get().wanted - wanted == wants
