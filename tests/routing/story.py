"""Problems told in words, plans told in words: one line a thing.

    van1 at depot with 50 kWh
    plug at depot
    a wants 10 kWh at mill from 09:00 by 10:00

After the first words each line takes pairs: a word and what it means.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from routing.evaluation import violations
from routing.model.problem import Plug, Problem, Request, Unit
from routing.reoptimise import Budget, rebase, reoptimise
from tests.routing.small_city import HOUR, ask, at, city, pause, plug, tell, van

type Change = Callable[[Any, str], Any]


def _span(text: str) -> tuple[tuple[int, int], ...]:
    begin, end = text.split("-")
    return ((at(begin), at(end)),)


def _lunch(unit: Unit, text: str) -> Unit:
    earliest, latest = text.split("-")
    return replace(unit, shifts=(replace(unit.shifts[0], breaks=(pause("lunch", earliest, latest),)),))


UNIT: dict[str, Change] = {
    "free": lambda unit, text: replace(unit, state=replace(unit.state, at_s=at(text))),
    "target": lambda unit, text: replace(unit, pack=replace(unit.pack, target_wh=int(text) * 1000)),
    "until": lambda unit, text: replace(unit, shifts=(replace(unit.shifts[0], end_s=at(text)),)),
    "lunch": _lunch,
    "high": lambda unit, text: replace(unit, height_mm=int(text)),
    "km": lambda unit, text: replace(unit, cost_per_km_milli=int(text)),
    "plugged": lambda unit, text: replace(unit, state=replace(unit.state, plug=text)),
}
REQUEST: dict[str, Change] = {
    "from": lambda request, text: replace(request, earliest_s=at(text)),
    "by": lambda request, text: replace(request, latest_s=at(text)),
    "ready": lambda request, text: replace(request, finish_by_s=at(text)),
    "open": lambda request, text: replace(request, access=_span(text)),
    "promised": lambda request, text: replace(request, promise_s=at(text)),
    "told": lambda request, text: replace(request, previous_unit=text),
    "locked": lambda request, text: replace(request, unit=text),
    "at_time": lambda request, text: replace(request, start_s=at(text)),
    "under": lambda request, text: replace(request, max_height_mm=int(text)),
    "priority": lambda request, text: replace(request, priority=int(text)),
    "worth": lambda request, text: replace(request, value_milli=int(text) * 1000),
    "hurry": lambda request, text: replace(request, wait_milli_per_h=int(text) * 1000),
}
PLUG: dict[str, Change] = {
    "busy": lambda socket, text: replace(socket, busy=_span(text)),
    "for": lambda socket, text: replace(socket, unit=text),
    "power": lambda socket, text: replace(socket, power_w=int(text) * 1000),
}


def _apply(thing: Any, changes: dict[str, Change], words: list[str]) -> Any:
    for name, text in zip(words[::2], words[1::2], strict=True):
        thing = changes[name](thing, text)
    return thing


def problem_of(text: str) -> Problem:
    units: list[Unit] = []
    plugs: list[Plug] = []
    requests: list[Request] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        words = line.split()
        if words[0].startswith("van"):
            units.append(_apply(van(words[0], place=words[2], kwh=float(words[4])), UNIT, words[6:]))
        elif words[0].startswith("plug"):
            plugs.append(_apply(plug(words[0], place=words[2]), PLUG, words[3:]))
        else:
            wish = ask(words[0], words[5], float(words[2]), latest_s=8 * HOUR)
            requests.append(_apply(wish, REQUEST, words[6:]))
    return city(*requests, units=tuple(units), plugs=tuple(plugs))


def lines_of(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def solved(text: str, iterations: int = 60) -> list[str]:
    """Tell the plan that comes out after a while; the judge has seen it."""
    problem = problem_of(text)
    plan = reoptimise(problem, None, Budget(iterations=iterations, seed=1))
    assert violations(problem, plan) == ()
    return tell(problem, plan)


def gone_on(before: str, after: str) -> list[str]:
    """Tell what becomes of the plan for one story in another."""
    plan = reoptimise(problem_of(before), None, Budget(iterations=30, seed=1))
    later = problem_of(after)
    rebased = rebase(later, plan)
    assert violations(later, rebased) == ()
    return tell(later, rebased)
