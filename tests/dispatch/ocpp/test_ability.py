"""What a charger or a car cannot do comes back into the plan."""

from datetime import timedelta

import pytest

from dispatch import clock
from dispatch.models import (
    Charger,
    ChargerCommand,
    ChargeRequest,
    ChargerState,
    ChargingSession,
    ReplanWanted,
)
from dispatch.routing_bridge.ground import read_ground
from dispatch.routing_bridge.problem_from_db import build_problem
from dispatch.selectors.render import iso
from dispatch.services.charging.interlock import token_of
from dispatch.services.charging.sweep import press_on
from tests.dispatch.ocpp.desk import Desk
from tests.dispatch.ocpp.talk import Talk
from tests.small_world import SmallWorld, build_world

VERB = ChargerCommand.Verb
BOTH = pytest.mark.parametrize("protocol", ["ocpp1.6", "ocpp2.0.1"])
FULL_W = 60_000


@pytest.fixture
def world(db: None) -> SmallWorld:
    return build_world()


class Charge:
    """Alice's car at a charger of one version, from the crew's start on."""

    def __init__(self, scene, protocol):
        self.scene, self.world = scene, scene.world
        self.desk = Desk(scene.charger, protocol)
        scene.work()
        self.talk = Talk(self.desk, token_of(scene.stop))
        answer = self.desk.say(*self.talk.start_words(self.world.now, 1_000))
        self.talk.number, self.talk.seq = answer.get("transactionId", 0), 0

    def meter(self, wh, **more):
        self.world.wait(seconds=30)
        self.desk.say(*self.talk.meter_words(self.world.now, wh, **more))

    def say_status(self, status, error="NoError"):
        at = iso(self.world.now)
        if self.talk.is_16:
            words = {"connectorId": 1, "errorCode": error, "status": status, "timestamp": at}
        else:
            words = {"evseId": 1, "connectorId": 1, "connectorStatus": status, "timestamp": at}
        self.desk.say("StatusNotification", words)

    def pause(self):
        """The car takes nothing more."""
        if self.talk.is_16:
            self.say_status("SuspendedEV")
            return
        self.talk.seq += 1
        event = self.talk.event("Updated", self.world.now, 1_000, seq=self.talk.seq)
        event["transactionInfo"]["chargingState"] = "SuspendedEV"
        self.desk.say("TransactionEvent", event)

    def stop(self, wh):
        self.desk.say(*self.talk.stop_words(self.world.now, wh))

    def sweep(self):
        press_on(self.world.now, clock.wall())

    @property
    def state_of_stop(self):
        self.scene.stop.refresh_from_db()
        return self.scene.stop.state, self.scene.stop.reason


@pytest.fixture
def charge(scene, protocol):
    return Charge(scene, protocol)


def planned_units(world):
    problem = build_problem(read_ground(world.area.id, world.now))
    return {unit.id: unit.charger.power_w for unit in problem.units}


def wanted(world):
    return ReplanWanted.objects.get(area=world.area).causes


@BOTH
def test_a_fault_takes_the_unit_out_of_the_plan_until_it_is_over(charge):
    unit = str(charge.scene.charger.unit_id)
    charge.say_status("Faulted", "GroundFailure")
    assert unit not in planned_units(charge.world)
    assert "charger.faulted" in wanted(charge.world)
    charge.world.wait(seconds=30)
    charge.say_status("Available")
    assert unit in planned_units(charge.world)
    assert "charger.recovered" in wanted(charge.world)


@BOTH
def test_what_a_broken_charger_left_is_planned_for_another_unit(charge):
    charge.meter(5_000, power_w=FULL_W)
    charge.say_status("Faulted", "GroundFailure")
    charge.sweep()
    assert charge.state_of_stop == ("working", "")
    charge.world.wait(minutes=3)
    charge.sweep()
    assert charge.state_of_stop == ("failed", "charger_fault")
    request = ChargeRequest.objects.get(id=charge.scene.request.id)
    assert request.status == "booked"
    demand = read_ground(charge.world.area.id, charge.world.now).demands[request.id]
    assert demand.energy_wh == request.energy_wh - 4_000


@BOTH
def test_a_plug_whose_charger_is_broken_is_no_plug(scene, protocol):
    plug = scene.world.depot.plugs.first()
    charger = Charger.objects.create(
        operator=scene.world.operator, plug=plug, connectors=["ccs2"], power_w=22_000, efficiency_pct=95
    )
    state = ChargerState.objects.create(operator=scene.world.operator, charger=charger, status="Available")
    assert plug.id in read_ground(scene.world.area.id, scene.world.now).plugs
    state.status = "Faulted"
    state.save()
    assert plug.id not in read_ground(scene.world.area.id, scene.world.now).plugs


def offer(charge, wh, offered_w):
    """A reading that says what the charger would give."""
    charge.world.wait(seconds=30)
    action, words = charge.talk.meter_words(charge.world.now, wh)
    value = words["meterValue"][0]["sampledValue"]
    written = str(offered_w) if charge.talk.is_16 else float(offered_w)
    value.append({"value": written, "measurand": "Power.Offered"})
    charge.desk.say(action, words)


@BOTH
def test_a_charger_that_offers_less_is_planned_with_less_until_it_offers_all(charge):
    unit = str(charge.scene.charger.unit_id)
    offer(charge, 1_100, 30_000)
    assert planned_units(charge.world)[unit] == 30_000
    assert "charger.derated" in wanted(charge.world)
    offer(charge, 1_300, FULL_W)
    assert planned_units(charge.world)[unit] == FULL_W


@BOTH
def test_a_charger_we_told_to_give_less_is_not_less_able(charge):
    session = ChargingSession.objects.get()
    ChargerCommand.objects.create(
        operator=charge.world.operator, charger=charge.scene.charger, session=session, verb=VERB.CAP,
        status="accepted", who="system", queued_at=clock.wall(), expires_at=clock.wall() + timedelta(hours=1),
    )  # fmt: skip
    offer(charge, 1_100, 11_000)
    assert planned_units(charge.world)[str(charge.scene.charger.unit_id)] == FULL_W


@BOTH
def test_a_car_that_is_full_early_is_stopped_and_its_unit_is_free_sooner(charge):
    charge.meter(4_000, power_w=FULL_W, soc=0.5)
    charge.pause()
    charge.world.wait(minutes=2)
    charge.sweep()
    assert not ChargerCommand.objects.filter(verb=VERB.STOP).exists()
    charge.world.wait(minutes=2)
    charge.sweep()
    assert ChargerCommand.objects.get(verb=VERB.STOP).why == "car_takes_nothing"
    charge.stop(4_000)
    charge.scene.stop.refresh_from_db()
    assert charge.scene.stop.flow_ends_at == charge.world.now
    done = charge.scene.crew.do("finish", charge.scene.stop)
    assert (done.state, ChargingSession.objects.get().energy_wh) == ("done", 3_000)


@BOTH
def test_a_car_that_refuses_frees_its_unit(charge):
    charge.pause()
    charge.world.wait(minutes=4)
    charge.sweep()
    charge.stop(1_000)
    charge.sweep()
    assert charge.state_of_stop == ("failed", "ev_refuses")
    assert ChargeRequest.objects.get(id=charge.scene.request.id).status == "failed"
