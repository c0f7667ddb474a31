"""A witness who knows nothing of the engine: lives through a plan in small steps and says what went wrong.

Reads only the bare numbers of problem and plan. Slow and simple on purpose. It looks at what can be seen by
living through it: times, places, energy, plugs. Energies agree with whole numbers up to a few watt-hours.
"""

from collections.abc import Iterator

from routing.model.plan import Plan, Stop
from routing.model.problem import Plug, Problem, Request, Unit

STEP_S = 5
BLUR_WH = 12


def power_of(points: tuple[tuple[float, float], ...], soc: float) -> float:
    before = points[0]
    for point in points:
        if soc < point[0]:
            if point is points[0]:
                return point[1]
            share = (soc - before[0]) / (point[0] - before[0])
            return before[1] + share * (point[1] - before[1])
        before = point
    return before[1]


class Witness:
    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem, self.plan = problem, plan
        self.index = {place.id: i for i, place in enumerate(problem.places)}
        self.asked = {request.id: request for request in problem.requests}
        self.sockets = {plug.id: plug for plug in problem.plugs}
        self.seen: set[str] = set()
        self.doubtful = False

    def look(self) -> set[str]:
        for unit in self.problem.units:
            stops = [s for route in self.plan.routes if route.unit == unit.id for s in route.stops]
            self.live(unit, stops)
        self.watch_plugs()
        if self.problem.grids:
            self.watch_grids()
        return self.seen

    def way(self, unit: Unit, origin: str, target: str, clock: int) -> tuple[int, float]:
        """Seconds, and watt-hours drawn from the pack, by whoever sets out now."""
        row, column = self.index[origin], self.index[target]
        profile = self.problem.travel.profiles[unit.profile]
        table = profile.durations_s
        for part in profile.slices:
            if clock >= part.from_s:
                table = part.durations_s
        seconds, metres = table[row][column] or 0, profile.distances_m[row][column] or 0
        per_km = unit.drive_wh_per_km * unit.consumption_pct / 100
        drawn = metres / 1000 * per_km + seconds / 3600 * unit.aux_w
        return seconds, drawn if unit.traction == "shared" else 0.0

    def live(self, unit: Unit, stops: list[Stop]) -> None:
        place, clock, pack = unit.state.place, unit.state.at_s, float(unit.state.energy_wh)
        for stop in stops:
            seconds, drawn = self.way(unit, place, stop.place, stop.depart_s)
            if (
                stop.depart_s < clock
                or stop.arrive_s < stop.depart_s + seconds
                or stop.start_s < stop.arrive_s
            ):
                self.seen.add("timing")
            pack -= drawn
            self.check_level(unit, pack, "energy")
            pack = self.live_stop(unit, stop, pack)
            self.check_level(unit, pack, "energy")
            place, clock = stop.place, stop.end_s
            if stop.kind == "hold" and stop.arrive_s > unit.shifts[-1].end_s + unit.shifts[-1].overtime_s:
                self.seen.add("shift")

    def live_stop(self, unit: Unit, stop: Stop, pack: float) -> float:
        if stop.kind == "serve":
            request = self.asked[stop.request or ""]
            self.keep_hours(stop, request)
            delivered = self.charge_car(unit, request, stop.end_s - stop.start_s)
            if delivered < request.energy_wh - BLUR_WH:
                self.seen.add("timing")
            pack -= request.energy_wh / (unit.charger.efficiency_pct / 100)
            self.check_refuge(unit, stop.place, pack)
        elif stop.kind == "recharge":
            gained = self.fill_pack(unit, self.sockets[stop.plug or ""], pack, stop.end_s - stop.start_s)
            if gained < stop.energy_wh - BLUR_WH and pack + stop.energy_wh <= unit.pack.usable_wh:
                self.seen.add("recharge_power")
            pack += stop.energy_wh
            if pack > unit.pack.usable_wh:
                self.seen.add("energy")
        elif stop.kind == "break":
            lunch = next(b for b in unit.shifts[0].breaks if b.id == stop.break_id)
            if not lunch.earliest_s <= stop.start_s <= lunch.latest_s:
                self.seen.add("break")
        return pack

    def keep_hours(self, stop: Stop, request: Request) -> None:
        if not request.earliest_s <= stop.start_s <= request.latest_s:
            self.seen.add("window")
        if request.finish_by_s is not None and stop.end_s > request.finish_by_s:
            self.seen.add("finish_by")
        if request.access is not None:
            during = range(stop.start_s, stop.end_s + 1, 60)
            whole = [(a, b) for a, b in request.access if all(a <= t <= b for t in (*during, stop.end_s))]
            if not whole:
                self.seen.add("access")

    def charge_car(self, unit: Unit, request: Request, seconds: int) -> float:
        car, flowed = request.vehicle, 0.0
        for _ in range(0, seconds - request.setup_s - request.wrapup_s, STEP_S):
            soc = car.soc + flowed * car.efficiency_pct / 100 / car.usable_wh
            power = min(unit.charger.power_w, car.max_dc_w, power_of(car.curve, soc))
            flowed += power * STEP_S / 3600
        return flowed

    def fill_pack(self, unit: Unit, socket: Plug, pack: float, seconds: int) -> float:
        power = min(socket.power_w * socket.efficiency_pct / 100, unit.pack.max_charge_w)
        return sum(power * STEP_S / 3600 for _ in range(0, seconds, STEP_S))

    def check_level(self, unit: Unit, pack: float, rule: str) -> None:
        short = unit.pack.reserve_wh - pack
        if abs(short) < BLUR_WH:
            self.doubtful = True
        if short > 0:
            self.seen.add(rule)

    def check_refuge(self, unit: Unit, place: str, pack: float) -> None:
        home = unit.shifts[0].end_place or ""
        works = [socket for socket in self.problem.plugs if not self.broken(socket)]
        targets = [home, *(socket.place for socket in works)]
        instants = [0, *(part.from_s for part in self.problem.travel.profiles[unit.profile].slices)]
        nearest = min(max(self.way(unit, place, target, t)[1] for t in instants) for target in targets)
        self.check_level(unit, pack - nearest, "way_to_plug")

    def watch_plugs(self) -> None:
        for socket in self.problem.plugs:
            there = list(self.visits(socket.id))
            for clock in sorted({start for start, _ in there} | {a for a, _ in socket.busy}):
                using = sum(a <= clock < b for a, b in (*there, *socket.busy))
                if using > 1:
                    self.seen.add("plug_conflict")

    def broken(self, socket: Plug) -> bool:
        """Whether it is taken at every minute of the day."""
        minutes = range(0, self.problem.horizon_s, 60)
        return all(any(a <= t < b for a, b in socket.busy) for t in minutes)

    def watch_grids(self) -> None:
        for grid in self.problem.grids:
            sockets = [socket for socket in self.problem.plugs if socket.grid == grid.id]
            visits = [(a, b, s.power_w) for s in sockets for a, b in self.visits(s.id)]
            stands = [(a, b, s.power_w) for s in sockets if not self.broken(s) for a, b in s.busy]
            for clock in range(0, self.problem.horizon_s, 1 + STEP_S):
                planned = sum(watts for a, b, watts in visits if a <= clock < b)
                standing = sum(watts for a, b, watts in stands if a <= clock < b)
                gives = grid.power_w
                for from_s, watts in grid.steps:
                    gives = watts if clock >= from_s else gives
                if planned and planned + standing > gives:
                    self.seen.add("grid_power")

    def visits(self, socket: str) -> Iterator[tuple[int, int]]:
        for route in self.plan.routes:
            for stop in route.stops:
                if stop.plug == socket:
                    yield stop.start_s, stop.end_s
