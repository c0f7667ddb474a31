"""A fleet as somebody sees it who predicts: where units are and what they have begun, not how it will end.

Of a unit on its way its position is known, of a charge its measured power; how long the crew will take and
what the car will leave untaken, nobody can know.
"""

from collections.abc import Iterator
from dataclasses import replace

from routing.charging.session import pack_charge_time_s
from routing.model.plan import Plan, Stop
from routing.model.units import Seconds
from routing.prediction.pace import Done
from routing.prediction.way_ahead import Step
from routing.simulation.life import Life
from routing.simulation.real_day import RealDay, Story


def list_steps(day: RealDay, life: Life, plan: Plan) -> Iterator[Step]:
    """List what is ahead of a unit: the rest of what it is at, then its stops as planned."""
    now_s = day.now_s
    if life.doing is not None:
        yield _under_way(day, life, life.doing.stop, now_s)
    ends_s: Seconds | None = None if life.doing is None else life.doing.expected_s
    for stop in _list_ahead(day, life, plan):
        if life.doing is None and stop.plug is not None and stop.plug == life.plug:
            yield Step(
                kind="recharge", flow_s=_rest_of_recharge_s(day, life, stop), arrived=True, is_measured=True
            )
        else:
            yield _planned(day, stop, now_s, ends_s)
        ends_s = stop.end_s


def _list_ahead(day: RealDay, life: Life, plan: Plan) -> Iterator[Stop]:
    for route in plan.routes:
        if route.unit == life.unit.id:
            yield from (stop for stop in route.stops if stop.kind != "hold" and not day.is_done(life, stop))


def _planned(day: RealDay, stop: Stop, now_s: Seconds, ends_s: Seconds | None) -> Step:
    """Return a stop nobody has set out for; it waits where the plan does."""
    handling_s = 0
    if stop.request is not None:
        request = day.stories[stop.request].request
        handling_s = request.setup_s + request.wrapup_s
    waits = ends_s is None or stop.depart_s > ends_s
    return Step(
        key=stop.request,
        kind=stop.kind,
        travel_s=stop.arrive_s - stop.depart_s,
        handling_s=handling_s,
        flow_s=stop.end_s - stop.start_s - handling_s,
        leaves_s=max(0, stop.depart_s - now_s) if waits else None,
        begins_s=stop.start_s - now_s if stop.start_s > stop.arrive_s else None,
        is_inside=day.facts.places[stop.place].site is not None,
    )


def _under_way(day: RealDay, life: Life, stop: Stop, now_s: Seconds) -> Step:
    travel_s, driven_s = _rest_of_way_s(life, now_s)
    if stop.request is not None:
        story = day.stories[stop.request]
        if travel_s or now_s < (story.start_s or 0):
            return _on_its_way(day, story, stop, (travel_s, driven_s), now_s)
        return _at_a_car(day, story, stop, now_s)
    length_s = stop.end_s - stop.start_s if stop.kind == "break" else 0
    begun_s = max(life.drives[-1].arrive_s if life.drives else 0, stop.start_s)
    rest_s = length_s if travel_s else min(length_s, max(0, begun_s + length_s - now_s))
    return Step(kind=stop.kind, travel_s=travel_s, flow_s=rest_s, arrived=not travel_s, elapsed_s=driven_s)


def _rest_of_way_s(life: Life, now_s: Seconds) -> tuple[float, float]:
    """Return what the rest of the way takes as planned, and how long the unit has been driving."""
    drive = life.drives[-1] if life.drives else None
    if drive is None or now_s >= drive.arrive_s:
        return 0.0, 0.0
    done = (now_s - drive.depart_s) / drive.real_s
    return drive.planned_s * (1 - done), float(now_s - drive.depart_s)


def _on_its_way(day: RealDay, story: Story, stop: Stop, way: tuple[float, float], now_s: Seconds) -> Step:
    request = story.request
    unit = day.facts.units[story.unit or ""]
    begins_s = max(stop.start_s if stop.start_s > stop.arrive_s else 0, request.earliest_s)
    return Step(
        key=request.id,
        travel_s=way[0],
        handling_s=request.setup_s + request.wrapup_s,
        flow_s=day.facts.charge_s(unit, request),
        begins_s=begins_s - now_s if begins_s > now_s else None,
        elapsed_s=way[1],
        is_inside=day.facts.places[request.place].site is not None,
    )


def _at_a_car(day: RealDay, story: Story, stop: Stop, now_s: Seconds) -> Step:
    """Return the rest of a visit: before energy flows, while it does, after."""
    request, luck = story.request, day.luck[story.request.id]
    spent_s = now_s - (story.start_s or now_s)
    setup_s = round(request.setup_s * luck.handling)
    is_inside = day.facts.places[request.place].site is not None
    there = Step(key=request.id, arrived=True, is_inside=is_inside)
    if spent_s < setup_s or story.outcome == "no_show":
        left_s = max(0, request.setup_s - spent_s) + request.wrapup_s
        flow_s = day.facts.charge_s(day.facts.units[story.unit or ""], request)
        over_s = max(0, spent_s - request.setup_s)
        return replace(there, handling_s=left_s, flow_s=flow_s, elapsed_s=spent_s, over_s=over_s)
    flowing_s = spent_s - setup_s
    if flowing_s < story.flow_s:
        # The power is measured: at this rate all that was asked would take so long.
        whole_s = story.asked_flow_s * luck.charging
        rest_s = max(0.0, whole_s - flowing_s)
        return replace(
            there, handling_s=request.wrapup_s, flow_s=rest_s, elapsed_s=flowing_s, is_measured=True
        )
    leaving_s = flowing_s - story.flow_s
    return replace(
        there,
        handling_s=max(0, request.wrapup_s - leaving_s),
        elapsed_s=leaving_s,
        over_s=max(0, leaving_s - request.wrapup_s),
    )


def _rest_of_recharge_s(day: RealDay, life: Life, stop: Stop) -> float:
    plug = day.facts.plugs[stop.plug or ""]
    rest_s = pack_charge_time_s(life.unit.pack, plug, life.pack_wh, stop.pack_after_wh)
    return rest_s * day.noise.recharging(life.unit.id, plug.id, stop.start_s // 3600)


def list_done(day: RealDay) -> Iterator[Done]:
    """List what is over by now, with how long it took."""
    for life in day.lives.values():
        for drive in life.drives:
            if drive.arrive_s <= day.now_s:
                yield Done("travel", drive.arrive_s, drive.planned_s, drive.real_s)
    for story in day.stories.values():
        if story.outcome == "served" and story.end_s is not None and story.end_s <= day.now_s:
            yield Done("handling", story.end_s, story.planned_s, story.real_s)
            yield Done("flow", story.end_s, story.asked_flow_s, story.flow_s)
