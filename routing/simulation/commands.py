"""`python -m routing generate` and `simulate`: a problem of the frozen benchmark, and days lived through."""

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from time import perf_counter

from routing.model.errors import InvalidProblem
from routing.model.problem import Problem
from routing.model.units import Seconds
from routing.reoptimise import Budget
from routing.simulation.area import build_area_day, keep_units
from routing.simulation.benchmarks import SETS, benchmark_hash, build_benchmark, build_day
from routing.simulation.days import BuildDay, Way, run_days
from routing.simulation.report import mean_report, tell

type Arguments = argparse.Namespace

STD_UNITS, STD_REQUESTS, MOST_HOURS = 50, 300, 14


def add_generate(parser: argparse.ArgumentParser) -> None:
    """Say what `generate` takes."""
    parser.add_argument("--set", choices=SETS, default="std", help="how large (default std)")
    parser.add_argument("--seed", type=int, default=1, help="which day (default 1)")
    parser.add_argument(
        "--known", action="store_true", help="instead: from which second on each request is known"
    )


def generate(given: Arguments) -> int:
    """Print the problem; on standard error what it is."""
    day = build_benchmark(given.set, given.seed)
    problem = day.problem
    size = f"{len(problem.units)} units, {len(problem.requests)} requests, {len(problem.plugs)} plugs"
    sys.stderr.write(f"benchmark v1 {benchmark_hash()}, {day.name}, seed {day.seed}: {size}\n")
    document = dict(day.known_s) if given.known else problem.to_json()
    sys.stdout.write(json.dumps(document, separators=(",", ":")) + "\n")
    return 0


def add_simulate(parser: argparse.ArgumentParser) -> None:
    """Say what `simulate` takes."""
    parser.add_argument("--area", type=Path, help="an area's seed file (default: the benchmark's kind)")
    parser.add_argument("--set", choices=SETS, help="exactly a set of the frozen benchmark")
    parser.add_argument("--units", type=int, help=f"how many (default {STD_UNITS}, or the area's)")
    parser.add_argument("--requests", type=int, default=STD_REQUESTS, help=f"default {STD_REQUESTS}")
    parser.add_argument("--hours", type=int, default=MOST_HOURS, help="so long people ask (default 14)")
    parser.add_argument("--seed", type=int, default=1, help="which day, and whose luck (default 1)")
    parser.add_argument("--days", type=int, default=1, help="so many days, seed by seed; the mean is told")
    parser.add_argument("--policy", choices=["live", "insertion", "nearest"], default="live")
    parser.add_argument("--solve-s", type=float, default=0.2, help="live: seconds for each re-plan")
    parser.add_argument("--iterations", type=int, help="live: so many instead; the clock has no say")
    parser.add_argument("--quantile", type=float, help="plan with this quantile of times seen (0.5 to 0.95)")
    parser.add_argument("--as-planned", action="store_true", help="everything goes as planned")


def simulate(given: Arguments) -> int:
    """Live through the days; print what they were like."""
    _check(given)
    seconds = None if given.iterations is not None else given.solve_s
    budget = Budget(seconds=seconds, iterations=given.iterations, seed=given.seed)
    way = Way(given.policy, budget, given.quantile, not given.as_planned)
    begun = perf_counter()
    reports = list(run_days(_builder(given), range(given.seed, given.seed + given.days), way))
    took_s = perf_counter() - begun
    numbers = mean_report(reports)
    speed = given.days * given.hours * 3600 / took_s
    if given.json:
        whole = {"policy": given.policy, "seed": given.seed, "days": given.days, "seconds": round(took_s, 3)}
        told = {**whole, "benchmark": benchmark_hash(), "times_real": round(speed, 1), **numbers}
        sys.stdout.write(json.dumps(told) + "\n")
    else:
        sys.stdout.write(tell(numbers, speed) + "\n")
    return 0


def _check(given: Arguments) -> None:
    bounds: Mapping[str, tuple[float, float]] = {
        "units": (1, 10_000),
        "requests": (1, 100_000),
        "hours": (1, MOST_HOURS),
        "days": (1, 1_000),
        "quantile": (0.0, 1.0),
    }
    for name, (least, most) in bounds.items():
        value = getattr(given, name)
        if value is not None and not least <= value <= most:
            raise InvalidProblem(f"--{name}", f"must lie in {least:g}..{most:g}, is {value:g}")


def _builder(given: Arguments) -> BuildDay:
    if given.area is not None:
        return _area_builder(given)

    def build(seed: int) -> tuple[Problem, Mapping[str, Seconds]]:
        units = STD_UNITS if given.units is None else given.units
        if given.set:
            day = build_benchmark(given.set, seed)
        else:
            day = build_day(units, given.requests, given.hours, seed)
        return day.problem, day.known_s

    return build


def _area_builder(given: Arguments) -> BuildDay:
    try:
        area = json.loads(given.area.read_text(encoding="utf-8"))
    except ValueError as error:
        raise InvalidProblem(str(given.area), f"is not JSON: {error}") from None
    if not isinstance(area, dict) or "units" not in area:
        raise InvalidProblem(str(given.area), "is no area's seed file")
    if given.units is not None:
        area = keep_units(area, given.units)
    return lambda seed: build_area_day(area, given.hours, given.requests, seed)
