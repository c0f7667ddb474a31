"""Chargers as dispatchers see them, and what they may tell them."""

import pytest

from dispatch.models import Charger, ChargerCommand
from dispatch.selectors.render import iso
from tests.cast import open_door
from tests.dispatch.crew import Crew
from tests.dispatch.ocpp.desk import Desk
from tests.small_world import SmallWorld, build_world


@pytest.fixture
def world(db: None) -> SmallWorld:
    return build_world(vans=1)


@pytest.fixture
def charger(world) -> Charger:
    charger = world.units["Azur"].charger
    charger.identity = "MC-AZUR"
    charger.save()
    return charger


@pytest.fixture
def desk(charger) -> Desk:
    return Desk(charger, "ocpp1.6")


@pytest.fixture
def door(world):
    return open_door(world.people["Dana"])


def order(door, charger, **words):
    return door.post(f"/api/ops/chargers/{charger.id}/commands", {"why": "a test", **words})


def test_a_charger_with_what_it_said_last(door, charger, desk):
    desk.say("BootNotification", {"chargePointVendor": "Volta", "chargePointModel": "One"})
    (row,) = door.get("/api/ops/chargers").json()["results"]
    assert (row["identity"], row["unit_name"], row["online"], row["vendor"]) == (
        "MC-AZUR",
        "Azur",
        True,
        "Volta",
    )
    detail = door.get(f"/api/ops/chargers/{charger.id}").json()
    assert [message["action"] for message in detail["messages"]] == ["BootNotification"]
    assert detail["messages"][0]["answer"].startswith('[3,"m",{"currentTime"')


def test_a_command_says_who_and_why(door, charger, desk):
    made = order(door, charger, verb="reset", hard=True)
    assert (made.status_code, made.json()["status"]) == (202, "queued")
    (command,) = door.get(f"/api/ops/chargers/{charger.id}").json()["commands"]
    assert (command["verb"], command["who"], command["why"]) == ("reset", "Dana", "a test")


@pytest.mark.parametrize(
    ("words", "status", "code"),
    [
        ({"verb": "dance"}, 400, "invalid"),
        ({"verb": "limit"}, 400, "invalid"),
        ({"verb": "cap"}, 400, "invalid"),
        ({"verb": "cap", "power_w": -1}, 400, "invalid"),
        ({"verb": "configure", "key": "k"}, 400, "invalid"),
        ({"verb": "reset", "why": ""}, 400, "invalid"),
        # The interlock holds for dispatchers, too.
        ({"verb": "start"}, 422, "not_at_work"),
        ({"verb": "stop"}, 409, "nothing_runs"),
    ],
    ids=str,
)
def test_what_cannot_be_told(door, charger, desk, words, status, code):
    answer = order(door, charger, **words)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not ChargerCommand.objects.exists()


def test_what_flows_is_on_the_board(world, door, charger, desk):
    stop = world.stop_of(world.accept("Alice"))
    crew = Crew(world)
    crew.go_to(stop)
    crew.do("start", stop)
    token = ChargerCommand.objects.get(verb="start").said["token"]
    start = {"connectorId": 1, "idTag": token, "meterStart": 10, "timestamp": world.now.isoformat()}
    desk.say("StartTransaction", start)
    (unit,) = door.get("/api/ops/board").json()["units"]
    assert (unit["charge"]["state"], unit["charge"]["energy_wh"]) == ("Charging", 0)


def test_another_operators_charger_is_not_there(charger, otto):
    stranger = open_door(otto)
    assert stranger.get(f"/api/ops/chargers/{charger.id}").status_code == 404
    assert order(stranger, charger, verb="reset").status_code == 404


def test_energy_for_nobody_is_an_alarm_until_it_ends(world, door, charger, desk):
    def alarms():
        rows = door.get("/api/ops/chargers").json()["results"]
        detail = door.get(f"/api/ops/chargers/{charger.id}").json()
        return [row["alarm"] for row in rows], detail["alarm"]

    assert alarms() == ([False], False)
    begin = {"connectorId": 1, "idTag": "SOMEBODY", "meterStart": 5, "timestamp": iso(world.now)}
    number = desk.say("StartTransaction", begin)["transactionId"]
    assert alarms() == ([True], True)
    desk.say("StopTransaction", {"transactionId": number, "meterStop": 9, "timestamp": iso(world.now)})
    assert alarms() == ([False], False)
