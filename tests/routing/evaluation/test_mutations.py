"""Every plan the engine makes is good; changed by a little anywhere, it is not."""

from dataclasses import replace
from random import Random

import pytest

from routing.evaluation import violations
from routing.model.plan import Plan, Stop
from routing.reoptimise import Budget, reoptimise
from tests.routing.small_city import ask, at, city, pause, plug, van

NUMBERS = ("arrive_s", "start_s", "end_s", "energy_wh", "pack_before_wh", "pack_after_wh")


def busy_city():
    """Three requests, more than the packs hold: whoever serves must recharge."""
    return city(
        ask("a", "mill", 20, latest_s=at("08:30")),
        ask("b", "port", 20, earliest_s=at("09:00"), latest_s=at("12:00")),
        ask("c", "quay", 20, earliest_s=at("11:00"), latest_s=at("13:00")),
        units=(van(kwh=30, breaks=(pause(),)),),
        plugs=(plug(),),
    )


@pytest.fixture(scope="module")
def good() -> Plan:
    return reoptimise(busy_city(), None, Budget(iterations=30))


def change(plan: Plan, index: int, stop: Stop) -> Plan:
    route = plan.routes[0]
    stops = (*route.stops[:index], stop, *route.stops[index + 1 :])
    return replace(plan, routes=(replace(route, stops=stops), *plan.routes[1:]))


def test_the_plan_that_is_changed_here_has_every_kind_of_stop(good):
    assert {stop.kind for _, stop in good.iterate_stops()} == {"serve", "recharge", "break", "hold"}
    assert violations(busy_city(), good) == ()


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("sign", [-1, 1])
def test_a_number_that_is_changed_anywhere_is_caught(good, name, sign):
    random = Random(f"{name}{sign}")
    for index, stop in enumerate(good.routes[0].stops):
        later = name in ("arrive_s", "end_s") and sign > 0
        changed = replace(stop, **{name: getattr(stop, name) + sign * random.randint(1, 500)})
        if stop.kind == "hold" and name in ("start_s", "end_s"):
            changed = replace(stop, end_s=stop.start_s - 1)  # from when and how long it stands is free
        elif later:
            continue  # being late for nothing is allowed as long as nothing later breaks
        assert violations(busy_city(), change(good, index, changed)) != (), (index, stop.kind)


def test_stops_that_are_left_out_or_swapped_are_caught(good):
    route = good.routes[0]
    for index in range(len(route.stops)):
        rest = (*route.stops[:index], *route.stops[index + 1 :])
        assert violations(busy_city(), replace(good, routes=(replace(route, stops=rest),))) != ()
    for index in range(len(route.stops) - 1):
        swapped = list(route.stops)
        swapped[index], swapped[index + 1] = swapped[index + 1], swapped[index]
        assert violations(busy_city(), replace(good, routes=(replace(route, stops=tuple(swapped)),))) != ()
