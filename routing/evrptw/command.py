"""`python -m routing evrptw FILE`: an instance of the field from the command line."""

import argparse
import json
import sys
import time
from typing import Any

import psutil

from routing.evrptw.budget import Budget
from routing.evrptw.reading import read_file
from routing.evrptw.solve import Solution, solve

SECONDS = 10.0


def add_command(commands: Any) -> None:
    """Add `evrptw` to the commands of a parser."""
    text = "solve an E-VRPTW (Schneider) or VRPTW (Solomon) instance"
    parser: argparse.ArgumentParser = commands.add_parser("evrptw", help=text, description=text)
    parser.add_argument("file", metavar="FILE", help="an instance in Schneider's or Solomon's format")
    parser.add_argument(
        "--seconds", type=float, default=SECONDS, help="wall time, start-up included (default 10)"
    )
    parser.add_argument("--iterations", type=int, help="changes to try in each thread; the clock has no say")
    parser.add_argument("--seed", type=int, default=1, help="default 1")
    parser.add_argument("--threads", type=int, default=1, help="searches side by side (default 1)")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Solve, and print what was found."""
    budget = Budget(given.seconds, given.iterations, given.seed, given.threads)
    solution = solve(read_file(given.file), budget, begun=_begun(given.seconds))
    counted = (
        given.iterations is not None
    )  # then the same bytes every time: the clock has no say in the text either
    text = json.dumps(_to_json(solution, counted)) if given.json else _tell(solution, counted)
    sys.stdout.write(text + "\n")
    return 0


def _begun(seconds: float) -> float:
    """Return when this process began, so that start-up counts: at most half of the time."""
    start_up = max(0.0, time.time() - float(psutil.Process().create_time()))
    return time.monotonic() - min(start_up, seconds / 2)


def _to_json(solution: Solution, counted: bool) -> dict[str, Any]:
    return {
        "instance": solution.instance,
        "vehicles": solution.vehicles,
        "distance": round(solution.distance, 6),
        "feasible": True,
        "proven": solution.proven,
        "seconds": None if counted else round(solution.seconds, 3),
        "routes": [list(route) for route in solution.routes],
    }


def _tell(solution: Solution, counted: bool) -> str:
    proven = ", proven optimal" if solution.proven else ""
    time_used = "" if counted else f", {solution.seconds:.1f} s"
    vehicles = f"{solution.vehicles} vehicle{'' if solution.vehicles == 1 else 's'}"
    first = f"{solution.instance}: {vehicles}, distance {solution.distance:.2f}, feasible{proven}{time_used}"
    return "\n".join([first, *(f"  {' '.join(route)}" for route in solution.routes)])
