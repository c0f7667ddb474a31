"""The rows of the running plan as a Plan: its decisions; the engine gives them their times anew."""

from datetime import datetime
from uuid import UUID

from dispatch.models import Stop, Unit
from dispatch.routing_bridge.ground import Ground
from dispatch.routing_bridge.start_state import stop_place
from routing.model.plan import Plan, Route
from routing.model.plan import Stop as PlanStop


def build_running_plan(ground: Ground) -> Plan:
    """Build the plan that stands, one route per shift within the horizon."""
    routes = tuple(
        Route(unit=str(unit.id), shift=str(shift.id), stops=_stops(ground, unit, shift.id, number == 0))
        for unit in ground.units
        for number, shift in enumerate(ground.shifts.get(unit.id, []))
    )
    return Plan(start_utc=ground.timeline.text, routes=routes)


def _stops(ground: Ground, unit: Unit, shift_id: UUID, first: bool) -> tuple[PlanStop, ...]:
    planned = tuple(_stop(ground, row) for row in ground.planned.get(shift_id, []))
    under_way = ground.under_way.get(unit.id)
    if first and under_way is not None and under_way.plug_id in ground.plugs:
        return (_rest_of_recharge(ground, unit, under_way), *planned)
    return planned


def _stop(ground: Ground, row: Stop) -> PlanStop:
    second = ground.timeline.seconds
    return PlanStop(
        kind=row.kind,  # type: ignore[arg-type]  # the column's choices are the literal's values
        place=stop_place(row).id,
        request=None if row.request_id is None else str(row.request_id),
        plug=None if row.plug_id is None else str(row.plug_id),
        break_id=row.break_id or None,
        depart_s=second(row.depart_at),
        arrive_s=second(row.arrive_at),
        start_s=second(row.start_at),
        end_s=second(row.end_at),
        energy_wh=row.energy_wh,
        pack_before_wh=row.pack_before_wh,
        pack_after_wh=row.pack_after_wh,
    )


def _rest_of_recharge(ground: Ground, unit: Unit, row: Stop) -> PlanStop:
    """What is left of a recharge under way: from now (or its arrival) to its planned level."""
    begin = _begin(ground, unit, row)
    end = max(row.end_at, begin)
    pack = unit.state.pack_wh
    return PlanStop(
        kind="recharge",
        place=stop_place(row).id,
        plug=str(row.plug_id),
        depart_s=ground.timeline.seconds(begin),
        arrive_s=ground.timeline.seconds(begin),
        start_s=ground.timeline.seconds(begin),
        end_s=ground.timeline.seconds(end),
        energy_wh=max(0, row.pack_after_wh - pack),
        pack_before_wh=pack,
        pack_after_wh=max(pack, row.pack_after_wh),
    )


def _begin(ground: Ground, unit: Unit, row: Stop) -> datetime:
    return max(row.expected_arrival(ground.now, unit.state.next_arrival_at), ground.now)
