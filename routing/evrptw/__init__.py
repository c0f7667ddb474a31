"""The field's benchmarks: E-VRPTW with partial recharge, and VRPTW. See README.md."""

from routing.evrptw.budget import Budget
from routing.evrptw.instance import Instance
from routing.evrptw.reading import read_file
from routing.evrptw.solve import Solution, solve

__all__ = ["Budget", "Instance", "Solution", "read_file", "solve"]
