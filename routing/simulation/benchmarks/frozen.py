"""The door to the benchmark: a set and a seed make a problem; a hash says which benchmark it is."""

import json
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from routing.simulation.benchmarks.v1.generator import SETS, Benchmark, SetName, generate

__all__ = ["SETS", "Benchmark", "SetName", "benchmark_hash", "build_benchmark", "load_noise"]

FOLDER = Path(__file__).parent / "v1"


@cache
def benchmark_hash() -> str:
    """Return twelve hexadecimal digits that change with any file the benchmark is made of."""
    digest = sha256()
    for path in sorted([*FOLDER.glob("*.py"), *FOLDER.glob("*.json")]):
        digest.update(f"{path.name}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@cache
def _load(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return document


def load_noise() -> dict[str, Any]:
    """Return how a real day differs from the plan; for what happens, never for what is predicted."""
    return _load("noise.json")


def build_benchmark(name: SetName, seed: int) -> Benchmark:
    """Return one problem of a set with the time at which each request becomes known."""
    return generate(_load("sets.json"), name, seed)
