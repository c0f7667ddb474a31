"""Beginnings: how a unit sets out for a stop and what it finds there, with the dice of that very stop.

The dice are named by the stop, so a world that starts again in the middle of a drive or a charge goes on
with the same one.
"""

from dispatch.world.body import Body
from dispatch.world.config import UnitConfig, WorldConfig
from dispatch.world.day import Stop
from dispatch.world.leg import Leg
from dispatch.world.roads import Roads
from dispatch.world.street import Street
from dispatch.world.visit import Visit
from routing.simulation.chance import build_dice
from routing.travel.provider import Point

# A crew that is early waits for the window it was given; minutes do not count.
EARLY_S = 120.0
PLUG_IN_S = 60.0


class Surroundings:
    """Everything around a unit that decides how a stop goes: roads, parked cars, chance."""

    def __init__(self, config: WorldConfig, roads: Roads, street: Street) -> None:
        self._config, self._roads, self._street = config, roads, street
        self._speaking = {plug.name for plug in config.plugs}

    def begin_leg(self, unit: UnitConfig, stop: Stop, place: Point, at: float) -> Leg:
        dice = build_dice(self._config.seed, "drive", stop.id)
        way = self._roads.find_way(unit.profile, place, stop.goal)
        return Leg(stop.id, way, at, slowness=max(dice.lognormvariate(0.015, 0.06), 0.85))

    def begin_visit(self, body: Body, stop: Stop, at: float) -> Visit:
        if stop.kind == "serve" and stop.job is not None:
            return self._begin_serving(body, stop, at)
        if stop.kind == "recharge":
            return self._begin_recharge(body, stop, at)
        return Visit(stop.id, stop.kind, ready_at=max(at, stop.start), lasts_s=stop.duration_s)

    def _begin_serving(self, body: Body, stop: Stop, at: float) -> Visit:
        assert stop.job is not None
        dice = build_dice(self._config.seed, "serve", stop.id)
        car = self._street.find_car(stop.job)
        begin = stop.start if stop.start - at > EARLY_S else at
        pack_wh = body.pack_wh_at(at) * body.unit.efficiency_pct / 100
        visit = Visit(
            stop.id,
            stop.kind,
            ready_at=begin,
            wrapup_s=self._config.wrapup_s * dice.lognormvariate(-0.02, 0.15),
            wanted_wh=min(stop.energy_wh or stop.job.energy_wh, int(pack_wh)),
            car_usable_wh=car.usable_wh,
            car_max_dc_w=car.max_dc_w,
            car_soc=car.soc,
            power_w=body.unit.power_w,
            slowness=max(dice.gauss(1.0, 0.02), 0.9),
            nobody_there=not car.is_there,
            metered=body.unit.outlet is not None,
        )
        visit.ready_at += self._planned_setup_s(stop, visit) * dice.lognormvariate(-0.02, 0.15)
        return visit

    def _planned_setup_s(self, stop: Stop, visit: Visit) -> float:
        """A car park takes longer than a kerb: what the plan leaves beside charging and packing up."""
        usual_s = self._config.setup_s
        left_s = stop.duration_s - visit.session.duration_s - self._config.wrapup_s
        return min(max(left_s, 0.5 * usual_s), 3.0 * usual_s)

    def _begin_recharge(self, body: Body, stop: Stop, at: float) -> Visit:
        """The plug gives what was planned, a little more or less: this unit may come emptier than thought."""
        dice = build_dice(self._config.seed, "recharge", stop.id)
        planned_wh = max(stop.pack_after_wh - stop.pack_before_wh, 1)
        refill_wh = max(stop.pack_after_wh - int(body.pack_wh_at(at)), 0)
        begin = stop.start if stop.start - at > EARLY_S else at
        return Visit(
            stop.id,
            stop.kind,
            ready_at=begin + PLUG_IN_S * dice.lognormvariate(0.0, 0.2),
            lasts_s=stop.duration_s * min(refill_wh / planned_wh, 2.0) * max(dice.gauss(1.0, 0.02), 0.9),
            refill_wh=refill_wh,
            metered=stop.plug in self._speaking,
        )
