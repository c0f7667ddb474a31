"""What crews do, said shortly: `Crew(world).serve(stop)`."""

from dataclasses import dataclass
from typing import Any

from accounts.callers import Caller
from dispatch import clock
from dispatch.models import Stop
from dispatch.services import stops
from dispatch.services.stops import Report
from tests.small_world import SmallWorld

DOINGS = {
    "depart": stops.depart_for_stop,
    "arrive": stops.arrive_at_stop,
    "start": stops.start_stop,
    "stop": stops.stop_charge,
    "finish": stops.finish_stop,
    "fail": stops.fail_stop,
}


@dataclass
class Crew:
    """Works on any unit, with the voice of the unit's own device."""

    world: SmallWorld
    meter_wh: int = 1_000_000

    def do(self, what: str, stop: Stop, **said: Any) -> Stop:
        """Do one thing; returns the stop as it is then."""
        if what == "start" and stop.request is not None:
            said = {"plate": stop.request.vehicle.plate, **said}
        caller: Caller = said.pop("caller", None) or self.world.device_of(stop.unit_id)
        DOINGS[what](caller, stop.id, Report(**said), self.world.now, clock.wall())
        return Stop.objects.get(id=stop.id)

    def go_to(self, stop: Stop) -> Stop:
        """Depart, drive as planned, arrive."""
        self.do("depart", stop)
        self.world.wait(seconds=(stop.arrive_at - stop.depart_at).total_seconds())
        return self.do("arrive", stop)

    def begin(self, stop: Stop) -> Stop:
        self.go_to(stop)
        self.world.wait(seconds=stop.setup_s)
        return self.do("start", stop, meter_wh=self.meter_wh, car_soc=0.3)

    def serve(self, stop: Stop) -> Stop:
        """Do all of a visit."""
        self.begin(stop)
        self.world.wait(minutes=20)
        self.meter_wh += stop.energy_wh
        return self.do("finish", stop, meter_wh=self.meter_wh, car_soc=0.6)
