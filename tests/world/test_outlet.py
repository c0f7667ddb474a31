"""The world's chargers: what they say in both versions, and what goes wrong with them by seed."""

from uuid import uuid4

import pytest
from ocpp.messages import Call
from ocpp.messages import _validate_payload as hold_schema

from dispatch.world import mishaps
from dispatch.world.config import OutletConfig
from dispatch.world.dialect import DIALECTS, Reading, Told
from dispatch.world.memory import Memory
from dispatch.world.mishaps import Fortune, Mishaps
from dispatch.world.outlet import Outlet
from dispatch.world.supply import UnitSupply
from dispatch.world.times import WorldClock
from tests.world.town import CASINO, EIGHT, Wall, build_body, build_stop, build_surroundings

BOTH = pytest.mark.parametrize("protocol", ["ocpp1.6", "ocpp2.0.1"])
FULL_W = 40_000


class Kerb:
    """A van at a car, with its charger; what it would say is in its queue."""

    def __init__(self, tmp_path, fortune):
        self.wall, self.clock = Wall(), None
        self.clock = WorldClock(self.wall)
        self.clock.observe(EIGHT, 1)
        self.body = build_body(place=CASINO)
        stop = build_stop(id=str(uuid4()))
        self.body.visit_stop(build_surroundings().begin_visit(self.body, stop, EIGHT), EIGHT)
        self.visit = self.body.visit
        self.visit.metered = True
        self.token = stop.id.replace("-", "")[-20:].upper()
        chance = Mishaps(1)
        outlet = OutletConfig("V-1", "k" * 16, "ocpp1.6")
        memory = Memory(tmp_path / "state.json")
        self.outlet = Outlet("ws://nowhere", outlet, UnitSupply(self.body), self.clock, memory, chance)
        self.outlet._mishaps = Lucky(fortune)

    def start(self):
        assert self.outlet._start(Told("start", token=self.token))

    def wait(self, seconds):
        self.wall.s += seconds
        self.outlet.glance()

    @property
    def said(self):
        return [item["what"] for item in self.outlet._queue]

    @property
    def last(self):
        return Reading(*self.outlet._queue[-1]["reading"])


class Lucky:
    seed = 1

    def __init__(self, fortune):
        self.fortune = fortune

    def find_fortune(self, token):
        return self.fortune


def test_a_charge_is_told_from_begin_to_end_to_the_watt_hour(tmp_path):
    kerb = Kerb(tmp_path, Fortune())
    before_wh = kerb.body.meter_wh
    kerb.start()
    for _ in range(300):
        kerb.wait(10)
    assert (kerb.said[0], kerb.said[-1]) == ("begin", "end")
    assert kerb.said.count("sample") > 100
    assert kerb.last.wh - before_wh == kerb.visit.wanted_wh
    assert kerb.body.meter_wh_at(EIGHT + 9_999) == kerb.last.wh


def test_a_hot_charger_offers_and_gives_less(tmp_path):
    kerb = Kerb(tmp_path, Fortune(share=0.5))
    kerb.start()
    kerb.wait(60)
    assert kerb.last.offered_w == FULL_W / 2
    assert 0 < kerb.last.power_w <= FULL_W / 2


@pytest.mark.parametrize("waited_s", [57, 59, 60, 61, 64, 68])
def test_whole_watt_hours_never_add_up_to_more_than_is_offered(tmp_path, waited_s):
    kerb = Kerb(tmp_path, Fortune(share=0.5))
    kerb.start()
    kerb.wait(waited_s)
    assert 0 < kerb.last.power_w <= FULL_W / 2


def test_a_charger_that_breaks_ends_the_session_and_is_away_for_a_while(tmp_path):
    kerb = Kerb(tmp_path, Fortune(breaks_after_s=300.0, repair_s=600.0))
    kerb.start()
    kerb.wait(299)
    assert kerb.said[-1] == "sample"
    kerb.wait(2)
    assert (kerb.said[-1], kerb.outlet._queue[-1]["reason"]) == ("end", "GroundFault")
    assert (kerb.outlet._status, kerb.visit.trouble) == ("Faulted", "charger_fault")
    kerb.wait(601)
    assert kerb.outlet._status == "Available"


def test_a_car_that_refuses_takes_nothing(tmp_path):
    kerb = Kerb(tmp_path, Fortune(refuses=True))
    before_wh = kerb.body.meter_wh
    kerb.start()
    kerb.wait(30)
    assert (kerb.said, kerb.last.wh, kerb.visit.trouble) == (["begin", "end"], before_wh, "ev_refuses")


def test_nothing_goes_wrong_in_a_world_without_drivers_and_by_seed_in_one_with_them():
    calm, rough = Mishaps(7, happen=False), Mishaps(7)
    tokens = [f"T{number}" for number in range(2_000)]
    assert {calm.find_fortune(token) for token in tokens} == {Fortune()}
    fortunes = [rough.find_fortune(token) for token in tokens]
    assert fortunes == [Mishaps(7).find_fortune(token) for token in tokens]
    hot = sum(fortune.share < 1 for fortune in fortunes) / len(tokens)
    assert hot == pytest.approx(mishaps.HOT, abs=0.02)


@BOTH
@pytest.mark.parametrize("status", ["Available", "Charging", "Faulted", "Unavailable"])
def test_what_they_say_keeps_to_the_standard(protocol, status):
    dialect, reading = DIALECTS[protocol], Reading(EIGHT, 1_000, 40_000, 0.5, 40_000)
    words = [
        dialect.boot("PowerUp"),
        dialect.status(status, EIGHT),
        dialect.begin("r", "T", reading),
        dialect.sample("r", 1, 1, reading),
        *(dialect.end("r", 1, 2, reading, why) for why in ("EVDisconnected", "GroundFault", "Remote")),
    ]
    for action, payload in words:
        hold_schema(Call("m", action, payload), protocol.removeprefix("ocpp"))
