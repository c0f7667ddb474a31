"""What follows from a problem alone: travel, energy on the way, times of charging.

Judge and search both ask here; what they *decide* with it they do apart.
"""

from copy import copy

from routing.charging.session import Mismatch, charge_time_s, couple
from routing.evaluation.spur import Spur
from routing.evaluation.time_of_day import ALWAYS, STANDING, STAYING, Leg, Way
from routing.model.problem import Plug, Problem, Request, Shift, Unit
from routing.model.units import Metres, Seconds, WattHours, ceil_div

KILO, HOUR, PER_CENT = 1000, 3600, 100


__all__ = ["STANDING", "STAYING", "Facts", "Leg", "Way", "draw_wh", "drive_wh"]


class Facts:
    """A problem with its look-ups; cheap to make, fills itself as it is asked."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.units = {unit.id: unit for unit in problem.units}
        self.requests = {request.id: request for request in problem.requests}
        self.plugs = {plug.id: plug for plug in problem.plugs}
        now_s, end_s = problem.now_s, problem.horizon_s
        self.plugs_out = {plug.id for plug in problem.plugs if plug.is_out(now_s, end_s)}
        self.places = {place.id: place for place in problem.places}
        self.some_are_placed = any(unit.mobility == "placed" for unit in problem.units)
        self._index = {place.id: index for index, place in enumerate(problem.places)}
        self._ways: dict[tuple[str, str, str], Way | None] = {}
        self._usable_plugs: dict[str, tuple[Plug, ...]] = {}
        self._refuge: dict[tuple[str, str, str], WattHours | None] = {}
        self._refuges: dict[tuple[str, str], tuple[str, ...]] = {}
        self._charge_s: dict[tuple[str, str, WattHours], Seconds] = {}
        self._spur: Spur | None = None

    def wished(self, request: Request, spur: Spur | None = None) -> "Facts":
        """Return the facts with one request more, at a place of the problem or at the end of a spur.

        The problem itself is not made anew, which would take longer than all that is asked of it then.
        """
        twin = copy(self)
        twin.requests = {**self.requests, request.id: request}
        if spur is not None:
            twin.places = {**self.places, spur.place.id: spur.place}
            twin._spur = spur  # noqa: SLF001 - a copy of this
        return twin

    def renewed(self, problem: Problem, unit: str) -> "Facts":
        """Return the facts of a problem in which one unit, and whom it serves, may be different."""
        twin = Facts(problem)
        before, after = self.requests, twin.requests
        changed = {name for name, request in after.items() if before.get(name) is not request}
        twin._ways = {key: way for key, way in self._ways.items() if key[0] != unit}
        twin._refuge = {key: wh for key, wh in self._refuge.items() if key[0] != unit}
        twin._usable_plugs = {name: plugs for name, plugs in self._usable_plugs.items() if name != unit}
        twin._charge_s = {
            key: seconds
            for key, seconds in self._charge_s.items()
            if key[0] != unit and key[1] not in changed
        }
        return twin

    def leg(self, unit: Unit, origin: str, target: str) -> Leg | None:
        """Return the way between two places, None when there is none.

        Where the time of day matters it is a bound: as quick and as dear as it may be.
        """
        way = self.way(unit, origin, target)
        return None if way is None else way.bound

    def way(self, unit: Unit, origin: str, target: str) -> Way | None:
        """Return the way between two places through the day, None when there is none."""
        if origin == target:
            return STAYING
        key = (unit.id, origin, target)
        # A spur may know the way where the table has none.
        if self._ways.get(key) is None:
            self._ways[key] = self._make_way(unit, origin, target)
        return self._ways[key]

    def _make_way(self, unit: Unit, origin: str, target: str) -> Way | None:
        if self._spur is not None and self._spur.place.id in (origin, target):
            return self._make_hop(unit, origin, target)
        profile = self.problem.travel.profiles[unit.profile]
        row, column = self._index[origin], self._index[target]
        cell = profile.cell_of(row, column)
        if cell is None:
            return None
        metres = profile.distance_m(row, column)
        pieces: list[tuple[Seconds, Leg]] = []
        for from_s, durations in ((ALWAYS, profile.durations_s), *profile.list_slices()):
            seconds = durations[row][cell]
            if seconds is None:
                return None
            pieces.append((from_s, Leg(seconds, metres, drive_wh(unit, metres, seconds))))
        return Way(tuple(pieces))

    def _make_hop(self, unit: Unit, origin: str, target: str) -> Way | None:
        assert self._spur is not None, "there is one when a hop is asked"
        hop = self._spur.find_hop(unit.profile, origin, target)
        if hop is None:
            return None
        metres, durations = hop
        slices = self.problem.travel.profiles[unit.profile].slices
        starts = (ALWAYS, *(part.from_s for part in slices))
        rows = zip(starts, durations, strict=True)
        return Way(tuple((at, Leg(s, metres, drive_wh(unit, metres, s))) for at, s in rows))

    def service_s(self, unit: Unit, request: Request) -> Seconds:
        """Return the length of a visit; without the charging when unit and car do not fit."""
        key = (unit.id, request.id, request.energy_wh)
        charge_s = self._charge_s.get(key)
        if charge_s is None:
            charge_s = self._charge_s[key] = self.charge_s(unit, request)
        return request.setup_s + charge_s + request.wrapup_s

    def charge_s(self, unit: Unit, request: Request) -> Seconds:
        """Return how long energy flows; 0 when unit and car do not fit."""
        vehicle = request.vehicle
        if isinstance(couple(vehicle, unit.charger), Mismatch):
            return 0
        return charge_time_s(vehicle, unit.charger, vehicle.soc, request.energy_wh)

    def list_plugs(self, unit: Unit) -> tuple[Plug, ...]:
        """List the plugs a unit may use, whoever uses them now."""
        if unit.id not in self._usable_plugs:
            plugs = (plug for plug in self.problem.plugs if self.may_use(unit, plug))
            self._usable_plugs[unit.id] = tuple(plugs)
        return self._usable_plugs[unit.id]

    def may_use(self, unit: Unit, plug: Plug) -> bool:
        """Say whether a plug is meant for a unit: reserved for nobody else, its inlet, its site."""
        reserved = plug.unit not in (None, unit.id)
        fits = not unit.pack.inlets or plug.connector in unit.pack.inlets
        return fits and not reserved and self.is_inside(unit, plug.place)

    def is_inside(self, unit: Unit, place: str) -> bool:
        """Say whether a unit may work at a place: `on_site` inside its site, `placed` where it stands."""
        if unit.mobility == "placed":
            return place == unit.state.place
        return unit.mobility != "on_site" or self.places[place].site == unit.site

    def refuge_wh(self, unit: Unit, shift: Shift, place: str) -> WattHours | None:
        """Return the energy to the nearest plug it may use or to its end place; None: no way to any.

        A plug that is out of order until the horizon is none. The way counts as dear as it may be.
        """
        end_place = shift.end_place or shift.start_place or unit.state.place
        key = (unit.id, end_place, place)
        if self._refuge.get(key) is None:
            draws = (self._dearest_wh(unit, place, target) for target in self._list_refuges(unit, end_place))
            self._refuge[key] = min((drawn for drawn in draws if drawn is not None), default=None)
        return self._refuge[key]

    def _list_refuges(self, unit: Unit, end_place: str) -> tuple[str, ...]:
        known = self._refuges.get((unit.id, end_place))
        if known is None:
            plugs = (plug for plug in self.list_plugs(unit) if plug.id not in self.plugs_out)
            known = tuple(sorted({plug.place for plug in plugs} | {end_place}))
            self._refuges[unit.id, end_place] = known
        return known

    def _dearest_wh(self, unit: Unit, origin: str, target: str) -> WattHours | None:
        """Return what a way draws at its dearest, without making it: of many such ways one is ever driven."""
        profile = self.problem.travel.profiles[unit.profile]
        row, column = self._index.get(origin), self._index.get(target)
        at_spur = self._spur is not None and self._spur.place.id in (origin, target)
        if at_spur or row is None or column is None or origin == target or profile.slices:
            leg = self.leg(unit, origin, target)
            return None if leg is None else leg.drawn_wh
        cell = profile.cell_of(row, column)
        seconds = None if cell is None else profile.durations_s[row][cell]
        return None if seconds is None else drive_wh(unit, profile.distance_m(row, column), seconds)


def drive_wh(unit: Unit, metres: Metres, seconds: Seconds) -> WattHours:
    """Return what a way draws from the pack, rounded up; nothing when traction is separate."""
    if unit.traction == "separate":
        return 0
    driving = metres * unit.drive_wh_per_km * unit.consumption_pct * HOUR
    return ceil_div(driving + seconds * unit.aux_w * KILO * PER_CENT, KILO * HOUR * PER_CENT)


def draw_wh(unit: Unit, energy_wh: WattHours) -> WattHours:
    """Return what leaves the pack when this much arrives at the outlet's meter, rounded up."""
    return ceil_div(energy_wh * 100, unit.charger.efficiency_pct)
