"""Figures that no row holds: how long quotes take, why some are refused, what was answered.

Each process adds up for itself and hands its sums to Valkey once a second; whoever is asked reads the sum
of all processes on all hosts.
"""

from dispatch.tally.counting import count, flush, observe, timed
from dispatch.tally.measures import COUNTED, TIMED
from dispatch.tally.reading import Histogram, Minute, Sums, count_waiting_tasks, read_minutes, read_sums

__all__ = [
    "COUNTED",
    "TIMED",
    "Histogram",
    "Minute",
    "Sums",
    "count",
    "count_waiting_tasks",
    "flush",
    "observe",
    "read_minutes",
    "read_sums",
    "timed",
]
