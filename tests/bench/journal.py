"""Lines of a bench in the format all benches share, and the table at the end."""

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "var" / "bench"


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: what was measured, on what, of whom.

    Attributes
    ----------
    case
        Fixes the size, and the time where it matters: `std`, `std/10s`.
    system
        `voltrun`, `ablation` (without OR-Tools), or a peer.
    n
        Out of how many single measurements the value comes.
    seconds
        How long it took by the clock.
    benchmark
        Hash of the frozen set, or the name of the data.
    """

    bench: str
    case: str
    system: str
    metric: str
    value: float
    unit: str
    n: int
    seconds: float
    seed: int
    commit: str
    benchmark: str


def say(text: str) -> None:
    """Tell progress, apart from the table."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def read_commit() -> str:
    """Return what was measured: the commit, marked when something has changed since."""

    def git(*words: str) -> str:
        return subprocess.run(
            ["git", *words], cwd=ROOT, capture_output=True, text=True, check=False
        ).stdout.strip()

    commit = git("rev-parse", "--short=12", "HEAD") or "unknown"
    return commit + ("+" if git("status", "--porcelain", "--untracked-files=no") else "")


class Journal:
    """The lines of one bench: written as they come, to a fresh file each run."""

    def __init__(self, bench: str, folder: Path = FOLDER) -> None:
        self.bench, self.commit = bench, read_commit()
        self.lines: list[Line] = []
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / f"{bench}.jsonl"
        self.path.write_text("", encoding="utf-8")

    def note(self, case: str, system: str, values: dict[str, tuple[float, str]], about: "About") -> None:
        """Write down some figures of one measurement: by metric, the value and its unit."""
        with self.path.open("a", encoding="utf-8") as file:
            for metric, (value, unit) in values.items():
                line = Line(
                    bench=self.bench,
                    case=case,
                    system=system,
                    metric=metric,
                    value=round(value, 4),
                    unit=unit,
                    n=about.n,
                    seconds=round(about.seconds, 3),
                    seed=about.seed,
                    commit=self.commit,
                    benchmark=about.benchmark,
                )
                self.lines.append(line)
                file.write(json.dumps(asdict(line)) + "\n")


@dataclass(frozen=True, slots=True)
class About:
    """What the figures of one measurement have in common."""

    seconds: float
    seed: int
    benchmark: str
    n: int = 1


def make_table(lines: Iterable[Line], metrics: Sequence[str]) -> str:
    """Return a table in Markdown: medians over the seeds, a row for each case and system."""
    kept = list(lines)
    found: dict[tuple[str, str], dict[str, list[float]]] = {}
    for line in kept:
        found.setdefault((line.case, line.system), {}).setdefault(line.metric, []).append(line.value)
    shown = [metric for metric in metrics if any(metric in row for row in found.values())]
    units = {line.metric: line.unit for line in kept}
    head = [
        "case",
        "system",
        *(f"{metric} ({units[metric]})" if units[metric] else metric for metric in shown),
    ]
    rows = [head, ["---"] * len(head)]
    for (case, system), row in found.items():
        rows.append([case, system, *(_tell(row.get(metric)) for metric in shown)])
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _tell(values: list[float] | None) -> str:
    if not values:
        return ""
    value = median(values)
    return f"{value:.0f}" if value == round(value) or abs(value) >= 1000 else f"{value:.3g}"
