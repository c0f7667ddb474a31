"""What threatens the day, as the house sees it: found once, told once, gone when it is over."""

from datetime import timedelta

import pytest
from django.db.models import F

from dispatch import clock
from dispatch.models import (
    ChargerState,
    ChargingSession,
    Event,
    Plug,
    ReplanWanted,
    RiskItem,
    Site,
    Stop,
    UnitState,
)
from dispatch.services.replans import want_replan
from dispatch.services.risk_fixes import PATIENCE, seek_fixes
from dispatch.services.risks import watch_risks
from dispatch.tasks import look_for_risks
from tests.dispatch.crew import Crew
from tests.small_world import CASINO, STADIUM


@pytest.fixture(autouse=True)
def everybody_is_heard_of(world):
    say_something(world)


def say_something(world):
    UnitState.objects.update(seen_at=clock.wall(), fix_at=world.now)


def watch(world):
    return watch_risks(world.area, world.now, clock.wall())


def kinds() -> list[str]:
    return sorted(RiskItem.objects.values_list("kind", flat=True))


def told(world) -> list[Event]:
    return list(Event.objects.filter(stream=f"area:{world.area.id}", type="risks.changed").order_by("seq"))


@pytest.fixture
def alice(world):
    return world.accept("Alice")


@pytest.fixture
def stop(world, alice) -> Stop:
    return world.stop_of(alice)


def delay(world, stop: Stop, **by: float) -> Stop:
    """Let a unit set out and be stuck on the way."""
    Crew(world).do("depart", stop)
    late = stop.arrive_at + timedelta(**by)
    UnitState.objects.filter(unit=stop.unit).update(next_arrival_at=late)
    return stop


def test_a_day_that_goes_as_planned_has_no_risks(world, alice):
    assert not watch(world)
    assert kinds() == []
    assert told(world) == []


def test_a_unit_stuck_on_its_way_is_a_risk_with_its_cause_and_who_is_hurt(world, alice, stop):
    delay(world, stop, minutes=40)
    watch(world)
    item = RiskItem.objects.get()
    promise = alice.promises.get()
    assert (item.kind, item.subject, item.cause) == ("predicted_late", alice.id, "travel_slow")
    assert (item.unit_id, item.request_id, item.stop) == (stop.unit_id, alice.id, stop.id)
    late = stop.arrive_at + timedelta(minutes=40) - promise.arrival_p90
    assert item.facts == {"late_s": round(late.total_seconds()), "slip_s": 2400}
    (hurt,) = item.hurt
    assert (hurt["request"], hurt["what"], hurt["late_s"]) == (
        str(alice.id),
        "arrival",
        item.facts["late_s"],
    )


def test_the_same_lateness_is_told_once_and_asks_for_one_plan(world, stop):
    delay(world, stop, minutes=40)
    wanted = ReplanWanted.objects.get().wanted
    for _ in range(5):
        watch(world)
        world.wait(seconds=2)
    assert len(told(world)) == 1
    row = ReplanWanted.objects.get()
    assert row.wanted == wanted + 1
    assert "promise.late" in row.causes


def test_lateness_that_grows_noticeably_is_told_again_and_keeps_since_when(world, stop):
    delay(world, stop, minutes=40)
    watch(world)
    began = RiskItem.objects.get()
    world.wait(minutes=1)
    UnitState.objects.filter(unit=stop.unit).update(next_arrival_at=stop.arrive_at + timedelta(minutes=50))
    say_something(world)
    watch(world)
    grown = RiskItem.objects.get()
    assert (grown.id, grown.since) == (began.id, began.since)
    assert grown.facts["late_s"] == began.facts["late_s"] + 600
    assert len(told(world)) == 2


def test_a_risk_ends_when_its_cause_does_and_the_log_remembers_it(world, alice, stop):
    delay(world, stop, minutes=40)
    watch(world)
    UnitState.objects.filter(unit=stop.unit).update(next_arrival_at=stop.arrive_at)
    watch(world)
    assert kinds() == []
    began, over = told(world)
    named = {"kind": "predicted_late", "subject": str(alice.id)}
    assert began.data["risks"] == {"began": [named], "over": []}
    assert over.data["risks"] == {"began": [], "over": [named]}


def test_a_promise_that_may_break_is_at_risk_before_it_is_late(world, alice, stop):
    promise = alice.promises.get()
    near = promise.arrival_p90 - timedelta(minutes=1) - stop.arrive_at
    delay(world, stop, seconds=near.total_seconds())
    watch(world)
    item = RiskItem.objects.get()
    assert item.kind == "promise_at_risk"
    assert 34 <= item.facts["chance_pct"] <= 50


def test_a_pack_below_what_the_plan_reckons_with_is_a_risk_and_asks_for_a_plan(world, stop):
    UnitState.objects.filter(unit=stop.unit).update(pack_wh=12_000)
    watch(world)
    item = RiskItem.objects.get()
    assert (item.kind, item.cause, item.stop) == ("low_soc", "below_plan", stop.id)
    assert item.facts["behind_wh"] == stop.pack_before_wh - 12_000
    assert item.facts["short_wh"] == 5_000 - (stop.pack_after_wh - item.facts["behind_wh"])
    assert [hurt["request"] for hurt in item.hurt] == [str(stop.request_id)]
    assert "pack.below_plan" in ReplanWanted.objects.get().causes


def test_a_pack_a_little_below_the_plan_is_none(world, stop):
    UnitState.objects.filter(unit=stop.unit).update(pack_wh=stop.pack_before_wh - 3_000)
    watch(world)
    assert kinds() == []


def test_a_unit_nobody_hears_of_is_a_risk_while_it_is_on_duty(world, stop):
    UnitState.objects.filter(unit=stop.unit).update(seen_at=clock.wall() - timedelta(seconds=31))
    watch(world)
    item = RiskItem.objects.get()
    assert (item.kind, item.subject, item.since) == ("stale", stop.unit_id, world.now)
    assert [hurt["request"] for hurt in item.hurt] == [str(stop.request_id)]
    UnitState.objects.filter(unit=stop.unit).update(activity="off_duty")
    watch(world)
    assert kinds() == []


def test_a_unit_that_stands_at_a_car_for_ten_minutes_without_charging_is_a_risk(world, stop):
    Crew(world).go_to(stop)
    world.wait(minutes=9, seconds=50)
    say_something(world)
    watch(world)
    assert kinds() == []
    world.wait(seconds=10)
    watch(world)
    item = RiskItem.objects.get(kind="not_charging")
    assert (item.subject, item.cause, item.since) == (
        stop.id,
        "not_begun",
        Stop.objects.get(id=stop.id).arrived_at,
    )
    assert item.hurt[0]["what"] == "ready"


def test_where_the_way_in_takes_longer_it_has_longer(world, stop):
    Stop.objects.filter(id=stop.id).update(setup_s=780)
    Crew(world).go_to(stop)
    world.wait(minutes=14)
    say_something(world)
    watch(world)
    assert "not_charging" not in kinds()
    world.wait(minutes=1)
    watch(world)
    assert "not_charging" in kinds()


@pytest.mark.parametrize(
    ("state", "cause"), [("SuspendedEV", "car_pauses"), ("SuspendedEVSE", "charger_pauses")]
)
def test_charging_that_pauses_for_three_minutes_is_a_risk(world, stop, state, cause):
    Crew(world).begin(stop)
    ChargingSession.objects.update(state=state, started_at=world.now)
    world.wait(minutes=2, seconds=59)
    say_something(world)
    watch(world)
    assert kinds() == []
    world.wait(seconds=1)
    watch(world)
    item = RiskItem.objects.get()
    assert (item.kind, item.cause, item.subject) == ("suspended", cause, stop.id)
    ChargingSession.objects.update(state="Charging")
    watch(world)
    assert kinds() == []


def test_a_broken_charger_is_a_risk_to_all_its_unit_was_to_serve(world, stop):
    unit = stop.unit
    ChargerState.objects.create(
        operator=world.operator, charger=unit.charger, status="Faulted", status_at=world.now
    )
    watch(world)
    item = RiskItem.objects.get()
    assert (item.kind, item.subject, item.facts) == ("charger_fault", unit.id, {"visits": 1})
    assert [hurt["request"] for hurt in item.hurt] == [str(stop.request_id)]


def test_a_car_park_that_closes_before_the_unit_is_done_is_a_risk(world, alice, stop):
    closes = (stop.start_at + timedelta(minutes=5)).strftime("%H:%M")
    site = Site.objects.create(
        slug="casino",
        name="Casino",
        lat=CASINO[0],
        lon=CASINO[1],
        time_zone="UTC",
        hours=[{"days": list(range(7)), "from": "06:00", "to": closes}],
    )
    type(alice).objects.filter(id=alice.id).update(site=site)
    watch(world)
    item = RiskItem.objects.get(kind="access_closed")
    assert item.cause == "closes_meanwhile"
    assert item.facts["over_s"] > 0
    assert "access.closed" in ReplanWanted.objects.get().causes


def test_a_plug_out_of_service_is_a_risk_until_it_works_again(world):
    plug = Plug.objects.first()
    Plug.objects.filter(id=plug.id).update(state="out_of_service")
    watch(world)
    item = RiskItem.objects.get()
    assert (item.kind, item.subject, item.plug) == ("plug_down", plug.id, plug.id)
    assert "plug.down" in ReplanWanted.objects.get().causes
    Plug.objects.filter(id=plug.id).update(state="available")
    watch(world)
    assert kinds() == []
    assert "plug.recovered" in ReplanWanted.objects.get().causes


def test_two_units_at_one_plug_at_once_are_a_conflict(world, stop):
    plug = Plug.objects.first()
    holds = [Stop.objects.get(unit=unit, kind="hold") for unit in world.units.values()]
    for number, hold in enumerate(holds):
        start = world.now + timedelta(minutes=30 * (number + 1))
        Stop.objects.filter(id=hold.id).update(
            kind="recharge", plug=plug, start_at=start, end_at=start + timedelta(minutes=45)
        )
    watch(world)
    item = RiskItem.objects.get(kind="plug_conflict")
    assert (item.subject, item.unit_id, item.facts) == (plug.id, holds[1].unit_id, {"overlap_s": 900})


def test_a_driver_nobody_comes_to_is_a_risk_and_a_stranded_one_the_worst(world, alice, stop):
    Stop.objects.filter(id=stop.id).delete()
    type(alice).objects.filter(id=alice.id).update(not_served={"code": "fleet_saturated", "detail": ""})
    watch(world)
    item = RiskItem.objects.get()
    assert (item.kind, item.cause, item.unit_id) == ("not_served", "fleet_saturated", None)
    type(alice).objects.filter(id=alice.id).update(urgency="stranded")
    watch(world)
    assert kinds() == ["stranded"]


def test_the_way_out_of_a_late_visit_is_the_unit_that_keeps_the_promise(world, alice, stop):
    other = next(unit for unit in world.units.values() if unit.id != stop.unit_id)
    UnitState.objects.filter(unit=stop.unit).update(seen_at=clock.wall() - timedelta(seconds=31))
    watch(world)
    assert seek_fixes(world.area, world.now) == 1
    fix = RiskItem.objects.get().fix
    assert (fix["verb"], fix["unit"], fix["stop"]) == ("move", str(other.id), str(stop.id))
    assert (fix["late_s"], fix["told"], fix["revision"]) == (0, False, stop.revision)
    assert len(told(world)) == 2


def test_a_way_out_is_sought_once_for_a_plan(world, stop):
    UnitState.objects.filter(unit=stop.unit).update(seen_at=clock.wall() - timedelta(seconds=31))
    watch(world)
    assert [seek_fixes(world.area, world.now) for _ in range(3)] == [1, 0, 0]
    assert len(told(world)) == 2


def test_while_a_plan_is_wanted_no_way_out_is_sought_unless_a_risk_has_waited_long_for_one(world, stop):
    UnitState.objects.filter(unit=stop.unit).update(seen_at=clock.wall() - timedelta(seconds=31))
    watch(world)
    RiskItem.objects.update(since=world.now)
    want_replan(world.area.id, "test", clock.wall())
    look_for_risks()
    assert RiskItem.objects.get().tried == ""
    later = world.now + PATIENCE
    assert [seek_fixes(world.area, later, at_leisure=False) for _ in range(2)] == [1, 0]


def test_once_the_plan_is_made_the_next_look_seeks_a_way_out(world, stop):
    UnitState.objects.filter(unit=stop.unit).update(seen_at=clock.wall() - timedelta(seconds=31))
    ReplanWanted.objects.update(done=F("wanted"))
    look_for_risks()
    assert RiskItem.objects.get().tried != ""


def test_who_is_in_trouble_itself_is_no_way_out(world, stop):
    UnitState.objects.update(seen_at=clock.wall() - timedelta(seconds=31))
    watch(world)
    seek_fixes(world.area, world.now)
    assert set(RiskItem.objects.values_list("fix", flat=True)) == {None}


def test_what_is_under_way_has_no_way_out(world, stop):
    delay(world, stop, minutes=40)
    watch(world)
    assert seek_fixes(world.area, world.now) == 0


def test_nobody_else_is_named_in_the_event(world, stop):
    world.accept("Bob", place=STADIUM)
    delay(world, stop, minutes=40)
    watch(world)
    assert "Alice" not in str(told(world)[0].data)
