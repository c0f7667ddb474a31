"""A scripted day of the small world: what happens, one step after the other, by real services."""

from collections.abc import Callable
from typing import Any

from dispatch import clock
from dispatch.services.freezing import assign_due
from dispatch.services.requests import cancel_request
from dispatch.services.risk_fixes import seek_fixes
from dispatch.services.risks import watch_risks
from dispatch.services.stops import (
    Report,
    arrive_at_stop,
    depart_for_stop,
    fail_stop,
    finish_stop,
    start_stop,
)
from dispatch.services.tracking import Fix, record_fixes
from tests.small_world import CASINO, PORT, STADIUM, SmallWorld

NOTHING = Report()
AT_THE_CAR = Report(meter_wh=1_000, plate="MC ALICE")


class ScriptedDay:
    """Alice has booked when it begins; `unit` is the van that comes to her."""

    def __init__(self, world: SmallWorld) -> None:
        self.world = world
        self.alice = world.accept("Alice")
        self.unit = world.stop_of(self.alice).unit
        self.stop = world.stop_of(self.alice).id
        self.crew = world.device_of(self.unit.id)

    def steps(self) -> list[tuple[str, Callable[[], Any]]]:
        """List what happens, with its name."""
        wait, act = self.world.wait, self.act
        return [
            ("Bob books", self.bob_books),
            ("the driver is told who comes", lambda: assign_due(self.world.area.id, self.world.now, 10)),
            ("a plan a little later", lambda: wait(seconds=5) and self.world.plan()),
            ("it departs", lambda: act(depart_for_stop)),
            ("it drives", lambda: wait(minutes=2) and self.fix(*PORT)),
            ("it is stuck", lambda: wait(minutes=40) and self.look_for_risks()),
            ("it arrives", lambda: wait(minutes=2) and act(arrive_at_stop)),
            ("energy flows", lambda: wait(minutes=8) and act(start_stop, AT_THE_CAR)),
            ("what was feared is over", self.look_for_risks),
            ("Bob cancels", self.bob_cancels),
            ("it is done", lambda: wait(minutes=20) and act(finish_stop, Report(meter_wh=16_000))),
            ("another plan", lambda: wait(seconds=5) and self.world.plan()),
            ("Bob books again", self.bob_books),
            ("the crew finds no Bob", self.fail_on_bob),
            ("a plan after that", lambda: wait(minutes=3) and self.world.plan()),
            ("an hour and a half goes by", lambda: wait(minutes=90) and self.fix(*CASINO)),
            ("a late plan", self.world.plan),
            ("two hours go by", lambda: wait(hours=2) and self.world.plan()),
        ]

    def act(self, action: Callable[..., None], report: Report = NOTHING) -> None:
        action(self.crew, self.stop, report, self.world.now, clock.wall())

    def fix(self, lat: float, lon: float) -> None:
        """All vans say where they are and what they hold."""
        for number, unit in enumerate(self.world.units.values()):
            spot = Fix(self.world.now, lat + number / 1_000, lon, heading=90.0, speed_mps=6.0, pack_soc=0.8)
            record_fixes(self.world.device_of(unit.id), unit.id, [spot], self.world.now, clock.wall())

    def look_for_risks(self) -> None:
        """As the house does every other second."""
        watch_risks(self.world.area, self.world.now, clock.wall())
        seek_fixes(self.world.area, self.world.now)

    def bob_books(self) -> None:
        self.bob = self.world.accept("Bob", place=STADIUM)

    def bob_cancels(self) -> None:
        cancel_request(self.world.caller("Bob"), self.bob.id, "", self.world.now, clock.wall())

    def fail_on_bob(self) -> None:
        stop = self.world.stop_of(self.bob)
        crew = self.world.device_of(stop.unit_id)
        depart_for_stop(crew, stop.id, NOTHING, self.world.now, clock.wall())
        fail_stop(crew, stop.id, Report(reason="no_show"), self.world.wait(minutes=5), clock.wall())
