"""Random small problems in the small city, and random decisions about them."""

from dataclasses import replace

from hypothesis import strategies as st

from routing.evaluation.decisions import Decisions, RouteDecisions, Step
from routing.model.plan import Unserved
from routing.model.problem import Grid, Plug, Problem, Request, Unit
from routing.model.travel import Durations
from tests.routing.small_city import CAR, GRID, HOUR, MINUTE, ask, city, pause, plug, rush_hour, van

places = st.sampled_from(sorted(GRID))
TAPERED = replace(CAR, curve=((0.0, 30_000.0), (0.4, 30_000.0), (0.8, 12_000.0), (1.0, 4_000.0)))


@st.composite
def requests(draw: st.DrawFn, name: str) -> Request:
    earliest_s = draw(st.integers(0, 20)) * 10 * MINUTE
    latest_s = earliest_s + draw(st.integers(1, 24)) * 10 * MINUTE
    request = ask(
        name,
        draw(places),
        draw(st.integers(2, 25)),
        earliest_s=earliest_s,
        latest_s=latest_s,
        vehicle=draw(st.sampled_from([CAR, TAPERED])),
        wait_milli_per_h=draw(st.sampled_from([0, 20_000])),
        value_milli=draw(st.sampled_from([15_000, 60_000])),
        priority=draw(st.sampled_from([0, 1, 2])),
    )
    if draw(st.integers(0, 3)) == 0:
        request = replace(request, promise_s=earliest_s + draw(st.integers(0, 90)) * MINUTE)
    if draw(st.integers(0, 5)) == 0:
        request = replace(request, finish_by_s=latest_s + draw(st.integers(0, 60)) * MINUTE)
    if draw(st.integers(0, 5)) == 0:
        opens_s = draw(st.integers(0, 30)) * 10 * MINUTE
        request = replace(request, access=((opens_s, opens_s + draw(st.integers(1, 20)) * 10 * MINUTE),))
    return request


@st.composite
def units(draw: st.DrawFn, name: str) -> Unit:
    breaks = (pause(),) if draw(st.integers(0, 3)) == 0 else ()
    unit = van(
        name,
        kwh=draw(st.integers(8, 60)),
        place=draw(places),
        at_s=draw(st.integers(0, 6)) * 10 * MINUTE,
        breaks=breaks,
        pack={"target_wh": draw(st.sampled_from([0, 40_000, 60_000]))},
    )
    return replace(unit, traction=draw(st.sampled_from(["shared", "shared", "separate"])))


@st.composite
def plugs(draw: st.DrawFn, name: str) -> Plug:
    busy = ((30 * MINUTE, 90 * MINUTE),) if draw(st.integers(0, 3)) == 0 else ()
    power_w = draw(st.sampled_from([11_000, 30_000]))
    return plug(name, place=draw(st.sampled_from(["depot", "quay"])), busy=busy, power_w=power_w)


@st.composite
def problems(draw: st.DrawFn, most_requests: int = 6) -> Problem:
    asked = [draw(requests(f"r{i}")) for i in range(draw(st.integers(0, most_requests)))]
    fleet = tuple(draw(units(f"van{i}")) for i in range(1, draw(st.integers(1, 3)) + 1))
    sockets = tuple(draw(plugs(f"plug{i}")) for i in range(draw(st.integers(0, 2))))
    return draw(harder(city(*asked, units=fleet, plugs=sockets)))


@st.composite
def harder(draw: st.DrawFn, problem: Problem) -> Problem:
    """The same problem, now and then with a rush hour, a weak grid, overtime, frost, a plug out of order."""
    if draw(st.integers(0, 2)) == 0:
        begins_s, lasts_s = draw(st.integers(0, 12)) * 10 * MINUTE, draw(st.integers(1, 9)) * 10 * MINUTE
        slow = (begins_s, draw(st.sampled_from([60, 300, 900])))
        problem = rush_hour(problem, slow, (begins_s + lasts_s, 120))
    if draw(st.integers(0, 3)) == 0:
        power_w, later_w = draw(st.sampled_from([(11_000, 41_000), (30_000, 11_000), (41_000, 0)]))
        grid = Grid(id="grid", power_w=power_w, steps=((draw(st.integers(1, 12)) * 1_500, later_w),))
        sockets = tuple(replace(socket, grid="grid") for socket in problem.plugs)
        problem = replace(problem, grids=(grid,), plugs=sockets)
    if problem.plugs and draw(st.integers(0, 5)) == 0:
        broken = replace(problem.plugs[0], busy=((0, problem.horizon_s),))
        problem = replace(problem, plugs=(broken, *problem.plugs[1:]))
    if draw(st.integers(0, 3)) == 0:
        fleet = (replace(unit, consumption_pct=120, aux_w=3_000) for unit in problem.units)
        problem = replace(problem, units=tuple(fleet))
    if draw(st.integers(0, 3)) == 0:
        overtime_s = draw(st.integers(1, 9)) * 10 * MINUTE
        problem = replace(problem, units=tuple(with_overtime(unit, overtime_s) for unit in problem.units))
    return problem


def with_overtime(unit: Unit, overtime_s: int) -> Unit:
    return replace(unit, shifts=tuple(replace(shift, overtime_s=overtime_s) for shift in unit.shifts))


@st.composite
def decided(draw: st.DrawFn) -> tuple[Problem, Decisions]:
    """A problem and decisions about it that may break anything that depends on times and energies."""
    problem = draw(problems(most_requests=4))
    names = draw(st.permutations([request.id for request in problem.requests]))
    rows: dict[str, list[Step]] = {unit.id: [] for unit in problem.units}
    missed: list[Unserved] = []
    for name in names:
        unit = draw(st.sampled_from([*rows, None]))
        if unit is None:
            missed.append(Unserved(request=name, code="fleet_saturated"))
            continue
        rows[unit].append(Step("serve", name))
        if problem.plugs and draw(st.booleans()):
            socket = draw(st.sampled_from(problem.plugs)).id
            energy_wh = draw(st.integers(1, 25)) * 1_000
            not_before_s = draw(st.integers(0, 8)) * 30 * MINUTE
            rows[unit].append(Step("recharge", socket, energy_wh, not_before_s))
    for unit in problem.units:
        due = [p for p in unit.shifts[0].breaks if unit.state.at_s < 2 * HOUR]
        for lunch in due:
            rows[unit.id].insert(draw(st.integers(0, len(rows[unit.id]))), Step("break", lunch.id))
    routes = tuple(RouteDecisions(unit, "day", tuple(steps)) for unit, steps in rows.items())
    return problem, Decisions(routes, tuple(missed))


@st.composite
def wild_units(draw: st.DrawFn, name: str) -> Unit:
    """Units in any state: empty, late, at a plug, on foot in a garage, with a second shift."""
    unit = draw(units(name))
    energy_wh = draw(st.integers(0, 60_000))
    plugged = draw(st.sampled_from([None, None, "plug0"]))
    at_s = draw(st.sampled_from([0, 1 * HOUR, 7 * HOUR + 58 * MINUTE, 9 * HOUR]))
    state = replace(unit.state, energy_wh=energy_wh, at_s=at_s, plug=plugged)
    unit = replace(unit, state=replace(state, place="depot") if plugged else state)
    if draw(st.booleans()):
        late = replace(unit.shifts[0], id="late", start_s=10 * HOUR, end_s=14 * HOUR, breaks=())
        rest_w = draw(st.sampled_from([0, 3_000]))
        unit = replace(unit, shifts=(*unit.shifts, replace(late, end_place=draw(places))), rest_w=rest_w)
    if draw(st.integers(0, 3)) == 0:
        unit = replace(unit, mobility="on_site", site="garage", profile="foot", kind="robot")
    return unit


@st.composite
def wild_problems(draw: st.DrawFn, most_requests: int = 5) -> Problem:
    """Problems with everything at once, a way that is missing included."""
    asked = [draw(requests(f"r{i}")) for i in range(draw(st.integers(0, most_requests)))]
    fleet = tuple(draw(wild_units(f"van{i}")) for i in range(1, draw(st.integers(1, 3)) + 1))
    sockets = (draw(plugs("plug0")), *(draw(plugs(f"plug{i}")) for i in range(1, draw(st.integers(1, 2)))))
    sockets = (replace(sockets[0], place="depot"), *sockets[1:])
    problem = draw(harder(city(*asked, units=fleet, plugs=sockets)))
    if draw(st.booleans()):
        garage = draw(st.sets(places, max_size=3))
        inside = (replace(p, site="garage") if p.id in garage else p for p in problem.places)
        problem = replace(problem, places=tuple(inside))
    if draw(st.integers(0, 4)) == 0:
        problem = with_hole(problem, draw(places), draw(places))
    return problem


def with_hole(problem: Problem, origin: str, target: str) -> Problem:
    """The same problem without a way from one place to another by car."""
    names = list(GRID)
    row, column = names.index(origin), names.index(target)

    def pierced(durations: Durations) -> Durations:
        rows = [list(cells) for cells in durations]
        rows[row][column] = None
        return tuple(map(tuple, rows))

    car = problem.travel.profiles["car"]
    parts = tuple(replace(part, durations_s=pierced(part.durations_s)) for part in car.slices)
    holed = replace(car, durations_s=pierced(car.durations_s), slices=parts)
    return problem.with_profiles({**problem.travel.profiles, "car": holed})
