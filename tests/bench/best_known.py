"""The best plan known of every problem of the frozen sets, from any system or run: only its cost is kept."""

import json
from collections.abc import Iterable
from pathlib import Path

from tests.bench.journal import Line

PATH = Path(__file__).with_name("best_known.json")

type Table = dict[str, dict[str, dict[str, float | str]]]
"""By hash of the benchmark, then by `case/seed`: cost, system, seconds, commit."""


def load(path: Path = PATH) -> Table:
    """Return the table; empty when there is none."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def find_cost(table: Table, benchmark: str, case: str, seed: int) -> float | None:
    """Find the lowest cost known of a problem."""
    known = table.get(benchmark, {}).get(f"{case}/{seed}")
    return None if known is None else float(known["cost"])


def improve(table: Table, lines: Iterable[Line]) -> int:
    """Enter every line that is better than what is known; return how many were.

    Only costs of feasible plans may be given.
    """
    entered = 0
    for line in lines:
        case = line.case.split("/")[0]
        known = find_cost(table, line.benchmark, case, line.seed)
        if line.metric == "cost" and (known is None or line.value < known):
            entry = {
                "cost": line.value,
                "system": line.system,
                "seconds": line.seconds,
                "commit": line.commit,
            }
            table.setdefault(line.benchmark, {})[f"{case}/{line.seed}"] = entry
            entered += 1
    return entered


def save(table: Table, path: Path = PATH) -> None:
    """Write the table, sorted, so that a difference shows what has become better."""
    path.write_text(json.dumps(table, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def gap_pct(cost: float, best: float | None) -> float | None:
    """Return by how much a cost lies above the best known."""
    return None if best is None or best <= 0 else 100 * (cost / best - 1)
