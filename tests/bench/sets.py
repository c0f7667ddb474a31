"""The frozen sets by name; a problem of a set is named by its seed."""

import os
from functools import cache
from pathlib import Path

from routing.model.problem import Problem
from routing.simulation.benchmarks.frozen import benchmark_hash, build_benchmark

DATA = "VOLTRUN_BENCH_DATA"
"""The setting that names a folder of public instances (`evrptw/`, `vrptw/`); without it they are left out."""


@cache
def load_problem(case: str, seed: int) -> Problem:
    """Return a problem of a set: `small`, `std` or `big`."""
    return build_benchmark(case, seed).problem


def find_hash() -> str:
    """Return the hash of the frozen sets."""
    return benchmark_hash()


def find_data() -> Path | None:
    """Find the folder with public instances, if the setting names one."""
    named = os.environ.get(DATA)
    return Path(named) if named and Path(named).is_dir() else None
