"""Days to compare: the same people and the same luck, run in different ways."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from routing.model.problem import Problem
from routing.model.units import Seconds
from routing.reoptimise import Budget
from routing.simulation.noise import Noise
from routing.simulation.operating import Operator
from routing.simulation.policies import PolicyName, make_policy
from routing.simulation.real_day import RealDay
from routing.simulation.report import Report, report
from routing.simulation.robust import Robust, Spread

type BuildDay = Callable[[int], tuple[Problem, Mapping[str, Seconds]]]
"""From a seed to a problem and from when on each request is known."""

LEARNT_FROM = 1_000
"""Seeds of the days from which spreads are learnt lie so much higher: never the days that are judged."""


@dataclass(frozen=True, slots=True)
class Way:
    """How days are run.

    Attributes
    ----------
    robust
        The quantile plans are made with; None: as expected.
    noisy
        False: everything goes as planned.
    """

    policy: PolicyName
    budget: Budget
    robust: float | None = None
    noisy: bool = True


def run_day(build: BuildDay, seed: int, way: Way, spread: Spread | None = None) -> tuple[RealDay, Report]:
    """Live through one day."""
    problem, known_s = build(seed)
    day = RealDay(problem, known_s, Noise(seed if way.noisy else None))
    seen = Robust(spread, way.robust) if spread is not None and way.robust is not None else None
    operator = Operator(day, make_policy(way.policy, way.budget), robust=seen)
    operator.live()
    return day, report(day, operator.tally)


def run_days(build: BuildDay, seeds: Iterable[int], way: Way) -> Iterator[Report]:
    """Live through days; for a quantile, learn first from another day."""
    listed = list(seeds)
    spread = learn(build, [LEARNT_FROM + listed[0]]) if way.robust is not None and listed else None
    for seed in listed:
        yield run_day(build, seed, way, spread)[1]


def learn(build: BuildDay, seeds: Iterable[int]) -> Spread:
    """Learn how ways and visits spread from days that are over."""
    ways: list[tuple[Seconds, Seconds]] = []
    visits: list[tuple[Seconds, Seconds]] = []
    for seed in seeds:
        day, _ = run_day(build, seed, Way("insertion", Budget(iterations=0)))
        ways += [(one.planned_s, one.real_s) for life in day.lives.values() for one in life.drives]
        visits += [(s.planned_s, s.real_s) for s in day.stories.values() if s.outcome == "served"]
    return Spread.learn(ways, visits)
