"""`python -m routing generate`: a problem of the frozen benchmark."""

import argparse
import json
import sys

from routing.simulation.benchmarks import SETS, benchmark_hash, build_benchmark


def add_generate(parser: argparse.ArgumentParser) -> None:
    """Say what `generate` takes."""
    parser.add_argument("--set", choices=SETS, default="std", help="how large (default std)")
    parser.add_argument("--seed", type=int, default=1, help="which day (default 1)")
    parser.add_argument(
        "--known", action="store_true", help="instead: from which second on each request is known"
    )


def generate(given: argparse.Namespace) -> int:
    """Print the problem; on standard error what it is."""
    day = build_benchmark(given.set, given.seed)
    problem = day.problem
    size = f"{len(problem.units)} units, {len(problem.requests)} requests, {len(problem.plugs)} plugs"
    sys.stderr.write(f"benchmark v1 {benchmark_hash()}, {day.name}, seed {day.seed}: {size}\n")
    document = dict(day.known_s) if given.known else problem.to_json()
    sys.stdout.write(json.dumps(document, separators=(",", ":")) + "\n")
    return 0
