"""What the present state already breaks is not the next plan's fault: such limits give way, just so far."""

from dataclasses import replace

from routing.model.problem import Problem
from routing.model.unit import Unit


def relax(problem: Problem) -> Problem:
    """Let shifts, breaks and reserves give way to where the units already are; needs travel times."""
    index = {place.id: number for number, place in enumerate(problem.places)}
    return replace(problem, units=tuple(_relaxed(problem, unit, index) for unit in problem.units))


def _relaxed(problem: Problem, unit: Unit, index: dict[str, int]) -> Unit:
    if not unit.shifts:
        return unit
    first = unit.shifts[0]
    profile = problem.travel.profiles[unit.profile]
    here, home = index[unit.state.place], index[first.end_place or unit.state.place]
    way_s = profile.durations_s[here][home] or 0
    way_wh = _driving_wh(unit, way_s, profile.distance_m(here, home))
    late = max(first.end_s, max(unit.state.at_s, first.start_s) + way_s)
    pauses = tuple(
        replace(pause, latest_s=max(pause.latest_s, unit.state.at_s))
        for pause in first.breaks
        if late == first.end_s
    )
    reserve = max(0, min(unit.pack.reserve_wh, unit.state.energy_wh - way_wh))
    later = unit.shifts[1:]
    if later and late > later[0].start_s:
        later = (replace(later[0], start_s=min(late, later[0].end_s - 1)), *later[1:])
    return replace(
        unit,
        pack=replace(unit.pack, reserve_wh=reserve),
        shifts=(replace(first, end_s=late, breaks=pauses), *later),
    )


def _driving_wh(unit: Unit, seconds: int, metres: int) -> int:
    if unit.traction != "shared":
        return 0
    return -(-metres * unit.drive_wh_per_km // 1000) + -(-seconds * unit.aux_w // 3600)
