"""PyVRP: energy as load, a recharge as a reload of a fixed length.

- Vehicles: one type for each shift of each unit, with a profile for each kind of unit.
- Load: what a visit draws plus an allowance for the way there, *picked up*; capacity is the usable pack less
  the reserve and a way home. What is missing at the start is an initial load. A reload brings the load to 0.
  Its length is a share of the time from empty to full; plugs are not shared out (no such
  notion): who waits for whom is settled when the draft is dealt, the rest by the repair.
- Price: metres, driving and serving are the distance; values are prizes; waiting and the target of the pack
  cannot be said. Breaks cannot either: with `spare_breaks` a shift is shorter by them.
"""

from dataclasses import dataclass

import numpy as np
import pyvrp
from pyvrp.stop import MaxRuntime

from routing.charging.session import pack_charge_time_s
from routing.evaluation.start import rest_gain_wh
from routing.solver.days import Day
from routing.solver.draft import Draft, Visit
from routing.solver.legs import FAR_S
from tests.bench.peers.common import Ground, Kind, Terms, deal_plugs, with_breaks

NEVER = FAR_S * 10


@dataclass(frozen=True, slots=True)
class Encoding:
    """How long a reload lasts, as a share of the time from empty to full.

    With `capped` a trip may take no more out of the pack than that share of it, so that a short reload really
    fills it up again; without, a short reload is taken for a full one, and the repair sees to the rest.
    """

    reload_share: float
    reloads: int = 3
    spare_breaks: bool = True
    capped: bool = False


ENCODINGS = {
    "no reload": Encoding(0.0, reloads=0),
    "reload of a third": Encoding(0.33),
    "reload of two thirds": Encoding(0.67),
    "half the pack, half a reload": Encoding(0.5, capped=True),
    "two thirds of the pack, two thirds of a reload": Encoding(0.67, capped=True),
    "full reload": Encoding(1.0),
    "reload of a third, breaks left to the repair": Encoding(0.33, spare_breaks=False),
}


def solve(problem, terms: Terms, encoding: Encoding) -> Draft:
    """Return what PyVRP would do."""
    ground = Ground(problem)
    if not ground.days or not problem.requests:
        return {}
    built = _Built(ground, encoding)
    result = pyvrp.solve(
        built.data, MaxRuntime(terms.seconds), seed=terms.seed, display=False, collect_stats=False
    )
    return deal_plugs(ground, dict(map(built.read, result.best.routes())))


class _Built:
    """The data PyVRP is given, and the way back."""

    def __init__(self, ground: Ground, encoding: Encoding) -> None:
        self.ground, self.encoding = ground, encoding
        self.places: list[int] = []
        self.locations: list[pyvrp.Location] = []
        self.asked = list(ground.problem.requests)
        self.of_request = {r.id: self._locate(r.place) for r in self.asked}
        self.depots: list[pyvrp.Depot] = []
        self.reload_place: dict[int, str] = {}
        self.reloads: dict[tuple[str, int], int] = {}
        self.ends = [(self._depot(d.start.place), self._depot(d.start.home)) for d in ground.days]
        types = [self._vehicle(index, day) for index, day in enumerate(ground.days)]
        self.data = pyvrp.ProblemData(
            locations=self.locations,
            clients=[self._client(request) for request in self.asked],
            depots=self.depots,
            vehicle_types=types,
            distance_matrices=[self._prices(kind) for kind in ground.kinds],
            duration_matrices=[self._durations(kind) for kind in ground.kinds],
        )

    def _locate(self, place: str) -> int:
        index = self.ground.place[place]
        known = self.ground.problem.places[index]
        self.places.append(index)
        self.locations.append(pyvrp.Location(known.lon, known.lat))
        return len(self.locations) - 1

    def _depot(self, place: str, service_s: int = 0) -> int:
        self.depots.append(pyvrp.Depot(location=self._locate(place), service_duration=service_s))
        return len(self.depots) - 1

    def _client(self, request) -> pyvrp.Client:
        earliest_s, latest_s = self.ground.window(request)
        return pyvrp.Client(
            location=self.of_request[request.id],
            pickup=[self.ground.load_wh(request)],
            tw_early=earliest_s,
            tw_late=max(earliest_s, latest_s),
            prize=self.ground.value_milli(request),
            required=False,
        )

    def _vehicle(self, index: int, day: Day) -> pyvrp.VehicleType:
        start, end = self.ends[index]
        pack, spare_s = day.unit.pack, 0
        if self.encoding.spare_breaks:
            spare_s = sum(pause.duration_s for pause in day.start.breaks)
        capacity = self.ground.room_wh(day, pack.usable_wh)
        if self.encoding.capped:
            capacity = min(capacity, int(pack.usable_wh * self.encoding.reload_share))
        begins_wh = day.start.energy_wh
        if day.number:
            rested_s = day.shift.start_s - day.unit.shifts[day.number - 1].end_s
            begins_wh = min(pack.usable_wh, pack.reserve_wh + rest_gain_wh(day.unit, rested_s))
        return pyvrp.VehicleType(
            capacity=[capacity],
            start_depot=start,
            end_depot=end,
            fixed_cost=day.unit.cost_per_use_milli,
            tw_early=day.start.at_s,
            tw_late=max(day.start.at_s, day.start.home_by_s - spare_s),
            unit_distance_cost=1,
            unit_duration_cost=0,
            profile=self.ground.kind_of_unit[day.unit.id],
            initial_load=[capacity - min(capacity, self.ground.room_wh(day, begins_wh))],
            reload_depots=self._list_reloads(day) if self.encoding.reloads else [],
            max_reloads=self.encoding.reloads,
        )

    def _list_reloads(self, day: Day) -> list[int]:
        """List the depots where a unit may reload: one for each place and kind, since the length differs."""
        found: list[int] = []
        for place in self.ground.plug_places(day):
            plug = max(self.ground.plugs_at(day, place), key=lambda p: p.power_w)
            full_s = pack_charge_time_s(
                day.unit.pack, plug, day.unit.pack.reserve_wh, day.unit.pack.usable_wh
            )
            key = (place, int(full_s * self.encoding.reload_share))
            if key not in self.reloads:
                self.reloads[key] = self._depot(place, key[1])
                self.reload_place[self.reloads[key]] = place
            found.append(self.reloads[key])
        return found

    def _between(self, table: np.ndarray) -> np.ndarray:
        return table[np.ix_(self.places, self.places)]

    def _served_s(self, kind: Kind) -> np.ndarray:
        """Return how long a kind of unit stays at each location."""
        lengths = np.zeros(len(self.locations), dtype=np.int64)
        for request in self.asked:
            lengths[self.of_request[request.id]] = self.ground.facts.service_s(kind.unit, request)
        return lengths

    def _durations(self, kind: Kind) -> np.ndarray:
        table = np.minimum(self._between(kind.legs.seconds), FAR_S) + self._served_s(kind)[:, None]
        np.fill_diagonal(table, 0)
        return table

    def _prices(self, kind: Kind) -> np.ndarray:
        served = self._served_s(kind) * kind.unit.cost_per_h_milli // 3600
        table = self._between(self.ground.way_milli(kind)) + served[:, None]
        for request in self.asked:
            if request.id not in kind.fits:
                table[:, self.of_request[request.id]] = NEVER
        np.fill_diagonal(table, 0)
        return table

    def read(self, route) -> tuple[tuple[str, str], tuple[Visit, ...]]:
        """Return the visits of a route; the subject of a recharge is its place."""
        day = self.ground.days[route.vehicle_type()]
        visits: list[Visit] = []
        for activity in list(route.schedule())[1:-1]:
            if activity.is_client():
                visits.append(Visit("serve", self.asked[activity.idx].id, activity.start_time))
            elif activity.idx in self.reload_place:
                place, length_s = self.reload_place[activity.idx], activity.duration
                visits.append(Visit("recharge", place, activity.start_time, length_s))
        return (day.unit.id, day.shift.id), with_breaks(day, visits)
