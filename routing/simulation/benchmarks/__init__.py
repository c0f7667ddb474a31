"""Frozen sets of mobile-charging problems, so that results can be compared over years and systems."""

from routing.simulation.benchmarks.frozen import (
    SETS,
    Benchmark,
    SetName,
    benchmark_hash,
    build_benchmark,
    build_day,
    load_noise,
)

__all__ = ["SETS", "Benchmark", "SetName", "benchmark_hash", "build_benchmark", "build_day", "load_noise"]
