"""The frozen sets by name; a problem of a set is named by its seed."""

import json
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

from routing.model.problem import Problem

DATA = "VOLTRUN_BENCH_DATA"
"""The setting that names a folder of public instances (`evrptw/`, `vrptw/`); without it they are left out."""


@cache
def load_problem(case: str, seed: int) -> Problem:
    """Return a problem of a set: `small`, `std` or `big`."""
    return _generate()(case, seed)


def find_hash() -> str:
    """Return the hash of the frozen sets."""
    from routing.simulation.benchmarks import v1  # noqa: PLC0415 - heavy, and only asked for here

    return str(v1.HASH)


def _generate() -> Callable[[str, int], Problem]:
    from routing.simulation.benchmarks import v1  # noqa: PLC0415

    return v1.generate


def find_data() -> Path | None:
    """Find the folder with public instances, if the environment names one."""
    named = os.environ.get(DATA)
    return Path(named) if named and Path(named).is_dir() else None


def load_json(path: Path) -> Problem:
    """Read a problem from a file."""
    return Problem.from_json(json.loads(path.read_text(encoding="utf-8")))
