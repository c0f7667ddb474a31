"""A metropolis: 1,000 units and 10,000 requests, drawn as the frozen sets are, ways to neighbours alone."""

from routing.simulation.benchmarks.scale.metropolis import build_metropolis

__all__ = ["build_metropolis"]
