"""From a set and a seed to a problem, the same to the last digit on every machine."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any, Final, Literal, get_args

from routing.model.place import Travel
from routing.model.problem import Problem, Weights
from routing.simulation.benchmarks.v1.asking import draw_request
from routing.simulation.benchmarks.v1.fleet import build_fleet
from routing.simulation.benchmarks.v1.ground import build_ground, build_profiles

type SetName = Literal["small", "std", "big"]
SETS: Final[tuple[SetName, ...]] = get_args(SetName.__value__)


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A problem of the benchmark.

    Attributes
    ----------
    problem
        The whole day, everything known.
    known_s
        For the day lived through: from when on each request is known.
    """

    name: SetName
    seed: int
    problem: Problem
    known_s: Mapping[str, int]


def generate(frozen: Mapping[str, Any], name: SetName, seed: int) -> Benchmark:
    """Draw a problem: the town, the fleet and the requests each with dice of their own."""
    chosen = frozen["sets"][name]
    ground = build_ground(frozen, chosen, _dice(name, seed, "ground"))
    units = tuple(build_fleet(frozen, chosen, ground, _dice(name, seed, "fleet")))
    dice = _dice(name, seed, "requests")
    count = dice.randint(*chosen["requests"])
    asked = sorted(
        (draw_request(frozen, chosen, ground, number, dice) for number in range(1, count + 1)),
        key=lambda one: (one.known_s, one.request.id),
    )
    bays = [bay for row in ground.bays.values() for bay in row]
    spots = list({spot.id: spot for spot in (*ground.depots, *bays, *(one.spot for one in asked))}.values())
    problem = Problem(
        start_utc=frozen["start_utc"],
        horizon_s=frozen["day_s"],
        places=tuple(spot.to_place() for spot in spots),
        travel=Travel(profiles=build_profiles(frozen["travel"], spots)),
        units=units,
        plugs=tuple(ground.plugs),
        requests=tuple(one.request for one in asked),
        weights=Weights(**frozen["weights"]),
        seed=seed,
    )
    return Benchmark(name, seed, problem, {one.request.id: one.known_s for one in asked})


def _dice(*names: object) -> Random:
    return Random("/".join(map(str, ("v1", *names))))  # noqa: S311 - simulated people, no secrets
