"""What each part of a house uses while it is loaded: processor and memory, second by second."""

import time
from dataclasses import dataclass, field
from statistics import linear_regression

import psutil

from tests.bench.fleet.house import BenchHouse


@dataclass(slots=True)
class Watching:
    """Samples by part: `(at, processor seconds so far, resident megabytes)`."""

    house: BenchHouse
    samples: dict[str, list[tuple[float, float, float]]] = field(default_factory=dict)

    def look(self) -> None:
        """Take a sample of every part."""
        for name, processes in self.house.list_processes().items():
            used = size = 0.0
            for process in processes:
                try:
                    times, memory = process.cpu_times(), process.memory_info()
                except psutil.NoSuchProcess:
                    continue
                used += times.user + times.system
                # What a part shares with others, such as PostgreSQL's buffers, is nobody's growth.
                size += (memory.rss - memory.shared) / 1e6
            self.samples.setdefault(name, []).append((time.time(), used, size))

    def find_shares(self, begun: float, ended: float) -> dict[str, float]:
        """Say which share of a processor each part used in a time."""
        shares = {}
        for name, samples in self.samples.items():
            kept = [sample for sample in samples if begun <= sample[0] <= ended]
            if len(kept) > 1:
                shares[name] = (kept[-1][1] - kept[0][1]) / (kept[-1][0] - kept[0][0])
        return shares

    def find_slopes(self, begun: float) -> dict[str, float]:
        """Say by how many megabytes a minute each part grew from here on."""
        slopes = {}
        for name, samples in self.samples.items():
            kept = [(at / 60, size) for at, _, size in samples if at >= begun]
            if len(kept) > 2:
                slopes[name] = linear_regression([at for at, _ in kept], [size for _, size in kept]).slope
        return slopes

    def find_sizes(self) -> dict[str, float]:
        """Say how many megabytes each part holds alone at the end."""
        return {name: samples[-1][2] for name, samples in self.samples.items()}
