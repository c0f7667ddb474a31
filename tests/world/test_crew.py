"""What a crew does next, from its day, its unit and the time."""

import pytest

from dispatch.world.decide import SEARCH_S, Act, Wait, decide
from dispatch.world.reconcile import reconcile
from dispatch.world.street import ParkedCar, Street
from tests.world.town import CASINO, EIGHT, HOME, build_body, build_day, build_stop, build_surroundings


def test_waits_for_the_time_to_leave():
    assert decide(build_day(build_stop()), build_body(), EIGHT) == Wait(EIGHT + 60)


def test_leaves_when_it_is_time():
    stop = build_stop()
    assert decide(build_day(stop), build_body(), EIGHT + 61) == Act("depart", stop, EIGHT + 61)


def test_what_is_done_is_passed_over():
    done, failed = build_stop(state="done"), build_stop(state="failed", id="serve-0")
    following = build_stop(id="serve-2", depart=EIGHT)
    assert decide(build_day(done, failed, following), build_body(), EIGHT) == Act("depart", following, EIGHT)


def test_arrives_when_the_drive_is_over_and_says_when_it_was():
    stop, body = build_stop(state="dispatched"), build_body()
    day, around = build_day(stop), build_surroundings()
    body.drive(around.begin_leg(body.unit, stop, body.place, EIGHT))
    arrives_at = body.leg.arrives_at
    assert decide(day, body, EIGHT + 1) == Wait(arrives_at)
    assert decide(day, body, EIGHT + 9_000) == Act("arrive", stop, arrives_at)


def test_connects_charges_and_packs_up():
    stop, body, around = build_stop(state="arrived"), build_body(place=CASINO), build_surroundings()
    body.visit_stop(around.begin_visit(body, stop, EIGHT + 590), EIGHT + 590)
    ready_at = body.visit.ready_at
    assert ready_at - EIGHT - 590 == pytest.approx(465, rel=0.6)
    assert decide(build_day(stop), body, ready_at) == Act("start", stop, ready_at)
    body.visit.started_at = ready_at
    working = build_stop(state="working")
    assert decide(build_day(working), body, ready_at + 60) == Wait(body.visit.done_at)
    assert decide(build_day(working), body, ready_at + 9_000) == Act("finish", working, body.visit.done_at)
    assert body.meter_wh_at(body.visit.done_at) == 1_020_000


def build_recharge(**changes):
    """A recharge of an hour from eight o'clock, thirty kilowatt-hours."""
    hour = {"start": EIGHT, "end": EIGHT + 3_600, "pack_before_wh": 20_000, "pack_after_wh": 50_000}
    return build_stop(id="recharge-1", kind="recharge", state="working", **hour, **changes)


def begin_recharge(body, recharge):
    body.visit_stop(build_surroundings().begin_visit(body, recharge, EIGHT), EIGHT)
    body.visit.started_at = body.visit.ready_at


def test_breaks_a_recharge_off_when_the_plan_needs_the_unit_elsewhere():
    recharge, body = build_recharge(), build_body(pack_wh=20_000)
    begin_recharge(body, recharge)
    needed = build_stop(depart=EIGHT + 900)
    assert decide(build_day(recharge, needed), body, EIGHT + 600) == Wait(EIGHT + 900)
    assert decide(build_day(recharge, needed), body, EIGHT + 910) == Act("finish", recharge, EIGHT + 910)


def test_recharges_to_the_end_when_nothing_is_due_before():
    recharge, body = build_recharge(), build_body(pack_wh=20_000)
    begin_recharge(body, recharge)
    later = build_stop(depart=EIGHT + 9_000)
    assert decide(build_day(recharge, later), body, EIGHT + 600) == Wait(body.visit.done_at)


def test_an_early_crew_waits_for_the_window():
    stop, body, around = build_stop(), build_body(place=CASINO), build_surroundings()
    early = around.begin_visit(body, stop, EIGHT)
    assert early.ready_at > stop.start


def test_gives_up_on_a_car_that_is_not_there():
    street = Street()
    street.park("MC 1234", ParkedCar(50_000, 80_000, 0.3, is_there=False))
    stop, body = build_stop(state="arrived"), build_body(place=CASINO)
    body.visit_stop(build_surroundings(street).begin_visit(body, stop, EIGHT + 600), EIGHT + 600)
    gives_up_at = body.visit.ready_at + SEARCH_S
    assert decide(build_day(stop), body, gives_up_at - 1) == Wait(gives_up_at)
    assert decide(build_day(stop), body, gives_up_at).verb == "fail"


def test_a_break_lasts_as_long_as_planned():
    stop = build_stop("break", "arrived", place=HOME, start=EIGHT, end=EIGHT + 1_800)
    body = build_body()
    body.visit_stop(build_surroundings().begin_visit(body, stop, EIGHT), EIGHT)
    assert decide(build_day(stop), body, EIGHT) == Act("start", stop, EIGHT)
    body.visit.started_at = EIGHT
    assert body.visit.done_at == EIGHT + 1_800


def test_a_recharge_fills_up_to_what_was_planned():
    stop = build_stop(
        "recharge", "working", start=EIGHT, end=EIGHT + 1_860, pack_before_wh=20_000, pack_after_wh=40_000
    )
    body = build_body(pack_wh=18_000.0, place=CASINO)
    body.visit_stop(build_surroundings().begin_visit(body, stop, EIGHT), EIGHT)
    body.visit.started_at = body.visit.ready_at
    halfway = (body.visit.started_at + body.visit.done_at) / 2
    assert body.pack_wh_at(halfway) == pytest.approx(29_000, abs=10)
    assert body.pack_wh_at(body.visit.done_at) == pytest.approx(40_000)


def test_a_crew_that_is_home_does_not_drive_home():
    hold = build_stop("hold", id="hold-1", place=HOME, depart=EIGHT)
    tomorrow = build_stop(depart=EIGHT + 50_000)
    assert decide(build_day(hold, tomorrow), build_body(), EIGHT) == Wait(tomorrow.depart)
    assert decide(build_day(hold), build_body(place=CASINO), EIGHT) == Act("depart", hold, EIGHT)


def test_work_taken_away_on_the_road_leaves_the_unit_where_it_is():
    stop, body, around = build_stop(state="dispatched"), build_body(), build_surroundings()
    body.drive(around.begin_leg(body.unit, stop, body.place, EIGHT))
    halfway = (EIGHT + body.leg.arrives_at) / 2
    reconcile(build_day(), body, around, halfway)
    assert body.leg is None
    assert HOME.lat < body.place.lat < CASINO.lat
    assert body.pack_wh < 50_000


def test_after_a_restart_without_memory_it_goes_on_from_the_servers_word():
    around = build_surroundings()
    driving = build_body()
    reconcile(build_day(build_stop(state="dispatched")), driving, around, EIGHT)
    assert driving.leg is not None
    charging = build_body(place=CASINO)
    reconcile(build_day(build_stop(state="working")), charging, around, EIGHT)
    assert charging.visit.started_at == EIGHT
    assert charging.meter_wh_at(charging.visit.done_at) == 1_020_000


def test_a_server_that_knows_of_the_arrival_first_ends_the_drive():
    stop, body, around = build_stop(), build_body(), build_surroundings()
    body.drive(around.begin_leg(body.unit, stop, body.place, EIGHT))
    reconcile(build_day(build_stop(state="arrived")), body, around, EIGHT + 10)
    assert body.leg is None
    assert body.place == CASINO


@pytest.mark.parametrize(("planned_s", "ready_s"), [(2_500, 440), (2_900, 840), (1_000, 232), (9_000, 1_395)])
def test_preparing_takes_about_what_the_plan_leaves_for_it(planned_s, ready_s):
    stop, body = build_stop(end=EIGHT + 600 + planned_s), build_body(place=CASINO)
    visit = build_surroundings().begin_visit(body, stop, EIGHT + 600)
    assert visit.ready_at - EIGHT - 600 == pytest.approx(ready_s, rel=0.45)
