"""Parts of a house killed under load, one after the other, and how soon everybody is in step again."""

import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.bench.fleet.house import BenchHouse

# A screen looks again so long after a kill: by then it must hold what the server holds.
LATEST_S = 5.0


class Breaking:
    """Who is killed when: evenly spread, with time to see what became of it."""

    def __init__(self, house: BenchHouse, parts: Sequence[str], seconds: float) -> None:
        self._house, self._parts = house, parts
        step = seconds / (len(parts) + 0.5)
        self._due = [(step * (number + 0.3), part) for number, part in enumerate(parts)]
        self.checks = [at + LATEST_S + 3.0 for at, _ in self._due]
        self.killed: list[tuple[float, str]] = []
        self._begun = 0.0

    def begin(self) -> None:
        self._begun = time.time()

    def look(self) -> None:
        """Kill who is due."""
        while self._due and time.time() - self._begun >= self._due[0][0]:
            _, part = self._due.pop(0)
            self._house.kill(part)
            self.killed.append((time.time(), part))

    def tell(self, out: Path, figures: dict[str, Any]) -> dict[str, Any]:
        """Say of each kill how many screens had a read fail, and when the last was in step again."""
        told: dict[str, Any] = {}
        screens = [json.loads(line) for line in out.with_suffix(".log.jsonl").read_text().splitlines()]
        for (at, part), check in zip(self.killed, figures["checks"], strict=False):
            until = at + 30.0
            spans = [
                back - failed
                for screen in screens
                for failed, back in screen["mended"]
                if at - 0.5 <= failed < until
            ]
            told[f"{part}_failed_reads"] = len(spans)
            told[f"{part}_in_step_s"] = max(spans, default=0.0)
            told[f"{part}_in_step_p95_s"] = sorted(spans)[len(spans) * 95 // 100] if spans else 0.0
            told[f"{part}_different"] = check.get("different", 0)
            told[f"{part}_broken"] = check["broken"]
        told["in_step_s"] = max(value for name, value in told.items() if name.endswith("_in_step_s"))
        told["broken"] = figures["checks"][-1]["broken"]
        return told
