"""A big fleet out on the road, everybody looking: from the fix to the screen, and whether anything is lost.

A real house, and a stranger beside it that loads its public doors: units that say where they are, drivers
whose unit comes, consoles, dispatchers at work. What each screen heard is counted against the
database's own list.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.bench.fleet.breaking import Breaking
from tests.bench.fleet.house import BenchHouse, start_house
from tests.bench.fleet.losses import count_losses
from tests.bench.fleet.plain import measure_plain
from tests.bench.fleet.watching import Watching
from tests.bench.journal import ROOT, About, Journal, Line, make_table, say

METRICS = (
    "fix_to_screen_p50_s", "fix_to_screen_p95_s", "fix_to_screen_p99_s", "durable_lost", "durable_disordered",
    "durable_per_s", "fixes_per_s", "messages_per_s", "rss_slope_mb_per_min", "rss_slope_of", "load_cpu",
    "cpu", "different", "ratio_to_plain", "in_step_s", "broken",
)  # fmt: skip
DATA = "fleet on the road"
STRANGER = ROOT / "tests" / "bench" / "fleet" / "stranger.py"
# The slope is measured from here on: caches fill first.
SETTLED_S = 180.0


@dataclass(frozen=True, slots=True)
class Scope:
    """How big, for how long; `loads` are shares of the size that are tried for the highest that holds."""

    units: int = 500
    viewers: int = 2_000
    waiting: int = 100
    consoles: int = 20
    acts_per_s: float = 8.0
    every_s: float = 2.0
    seconds: float = 600.0
    webs: int = 1
    loads: tuple[float, ...] = (1.5, 2.0)
    load_s: float = 60.0
    break_s: float = 100.0
    plain_s: float = 15.0
    seed: int = 1


def quick(scope: Scope) -> Scope:
    """The same size for a shorter time."""
    return replace(scope, seconds=90.0, loads=(), break_s=75.0, plain_s=8.0)


def measure(scope: Scope) -> list[Line]:
    """Measure the load as it is, then the highest that holds, then what breaks."""
    journal = Journal("live")
    plain = measure_plain(scope.viewers, scope.plain_s)
    journal.note("plain fan-out", "raw", {"messages_per_s": (plain.messages_per_s, "1/s")}, _about(scope, 0))
    with start_house(scope.webs) as house:
        planted = _plant(house, scope)
        say(f"{name(scope)} for {scope.seconds:.0f} s")
        figures = run_load(house, planted, scope, scope.seconds)
        figures["ratio_to_plain"] = figures["messages_per_s"] / max(plain.messages_per_s, 1.0)
        note(journal, name(scope), figures, scope)
        if scope.break_s:
            say("the same, and parts are killed")
            note(journal, f"{name(scope)} broken", run_broken(house, planted, scope), scope)
    for share in scope.loads:
        larger = enlarge(scope, share)
        say(f"{name(larger)} for {larger.load_s:.0f} s")
        with start_house(larger.webs) as house:
            figures = run_load(house, _plant(house, larger), larger, larger.load_s)
        figures["ratio_to_plain"] = figures["messages_per_s"] / max(plain.messages_per_s, 1.0)
        note(journal, name(larger), figures, larger)
        if figures["fix_to_screen_p95_s"] > 1.5 or figures["durable_lost"]:
            break
    return journal.lines


def name(scope: Scope) -> str:
    webs = "" if scope.webs == 1 else f"-{scope.webs}w"
    return f"{scope.units}u-{scope.viewers}v-{scope.consoles}c{webs}"


def enlarge(scope: Scope, share: float) -> Scope:
    return replace(
        scope,
        units=round(scope.units * share),
        viewers=round(scope.viewers * share),
        acts_per_s=scope.acts_per_s * share,
    )


def _plant(house: BenchHouse, scope: Scope) -> dict[str, Any]:
    say(f"planting {scope.units} units")
    planted: dict[str, Any] = house.run("seed", str(scope.units), str(scope.consoles), "1", "1")["areas"][0]
    return planted


def build_plan(house: BenchHouse, planted: dict[str, Any], scope: Scope, seconds: float) -> dict[str, Any]:
    """Say who looks at what, and who does what."""
    units = planted["units"]
    screens = [("console", "/ws/ops", one["token"]) for one in planted["consoles"][: scope.consoles]]
    for number in range(scope.viewers):
        visit = units[number % len(units)]["visits"][0]
        screens.append(("viewer", f"/ws/driver/requests/{visit['request']}", visit["token"]))
    held = [unit["visits"][1] for unit in units[: max(1, scope.waiting)]]
    screens += [("waiting", f"/ws/driver/requests/{visit['request']}", visit["token"]) for visit in held]
    desks = [one["token"] for one in planted["consoles"]]
    return {
        "ports": house.ports,
        "screens": screens,
        "units": units,
        "every_s": scope.every_s,
        "seconds": seconds,
        "acts_per_s": scope.acts_per_s,
        "acts": [
            (visit["stop"], desks[index % len(desks)]) for index, visit in enumerate(held) for _ in range(2)
        ],
        "open_within_s": 240,
    }


def run_load(house: BenchHouse, planted: dict[str, Any], scope: Scope, seconds: float) -> dict[str, Any]:
    """Let the stranger load the house, and look at what it heard."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.json"
        stranger = begin_stranger(build_plan(house, planted, scope, seconds), out)
        watching = Watching(house)
        while stranger.poll() is None:
            house.look()
            watching.look()
            time.sleep(1.0)
        if stranger.returncode:
            raise RuntimeError(f"the stranger ended with {stranger.returncode}")
        figures = json.loads(out.read_text())
        losses = find_losses(house, planted, out)
    begun, span = figures["begun"], figures["seconds"]
    settled = SETTLED_S if span > 2 * SETTLED_S else span / 3
    slopes = watching.find_slopes(begun + settled)
    steepest = max(slopes, key=lambda part: slopes[part], default="")
    return {
        **spread([delay for at, delay in figures["delays"] if at >= begun + min(10.0, span / 4)]),
        **losses,
        "fixes_per_s": figures["acks"] / span,
        "messages_per_s": figures["frames_per_s"],
        "rss_slope_mb_per_min": slopes.get(steepest, 0.0),
        "rss_slope_of": steepest,
        "rss_slopes": slopes,
        "load_cpu": figures["cpu_share"],
        "cpu": watching.find_shares(begun, begun + span),
        "rss_mb": watching.find_sizes(),
        "different": figures["checks"][-1].get("different", 0) if figures["checks"] else 0,
        "never_opened": figures["never_opened"],
        "opened_s": figures["opened_s"],
        "calls": figures["calls"],
        "checks": figures["checks"],
        "console_p95_s": spread(figures["console_delays"])["fix_to_screen_p95_s"],
    }


def run_broken(house: BenchHouse, planted: dict[str, Any], scope: Scope) -> dict[str, Any]:
    """Kill Valkey, a web process and the worker under the load, one after the other."""
    breaking = Breaking(house, ("valkey", "web", "worker"), scope.break_s)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.json"
        plan = build_plan(house, planted, scope, scope.break_s) | {"checks": breaking.checks}
        stranger = begin_stranger(plan, out, wait=True)
        breaking.begin()
        while stranger.poll() is None:
            house.look()
            breaking.look()
            time.sleep(0.2)
        figures = json.loads(out.read_text())
        losses = find_losses(house, planted, out)
        return {
            **losses,
            **breaking.tell(out, figures),
            "calls": figures["calls"],
            "checks": figures["checks"],
        }


def begin_stranger(plan: dict[str, Any], out: Path, *, wait: bool = False) -> subprocess.Popen[str]:
    """Begin the load; `wait`: until all screens are open."""
    path = out.with_suffix(".plan.json")
    path.write_text(json.dumps(plan))
    stranger = subprocess.Popen(
        [sys.executable, str(STRANGER), str(path), str(out)],
        cwd=out.parent,
        stdout=subprocess.PIPE,
        text=True,
    )
    if wait and stranger.stdout is not None:
        stranger.stdout.readline()
    return stranger


def find_losses(house: BenchHouse, planted: dict[str, Any], out: Path) -> dict[str, float]:
    events = out.with_suffix(".events.json")
    house.run("events", str(events))
    return count_losses(json.loads(events.read_text()), out.with_suffix(".log.jsonl"), planted["stream"])


def spread(delays: Iterable[float]) -> dict[str, float]:
    """Return the middle and the ends of what the screens saw."""
    ordered = sorted(delays)
    if not ordered:
        return {f"fix_to_screen_p{cut}_s": -1.0 for cut in (50, 95, 99)}
    return {
        f"fix_to_screen_p{cut}_s": ordered[min(len(ordered) - 1, len(ordered) * cut // 100)]
        for cut in (50, 95, 99)
    }


def note(journal: Journal, case: str, figures: dict[str, Any], scope: Scope) -> None:
    """Write figures down, those of parts under the part's name; the rest is said."""
    numbers = {key: value for key, value in figures.items() if isinstance(value, int | float)}
    values = {key: (float(value), find_unit(key)) for key, value in numbers.items()}
    for key in ("cpu", "rss_slopes", "rss_mb"):
        for part, value in figures.get(key, {}).items():
            values[f"{key}_{part}"] = (value, find_unit(key))
    said = ("calls", "checks", "rss_slope_of", "cpu", "rss_mb", "rss_slopes", "opened_s")
    say(json.dumps({key: figures[key] for key in said if key in figures}))
    journal.note(case, "voltrun", values, _about(scope, figures.get("seconds", scope.seconds)))


UNITS = (
    ("mb_per_min", "MB/min"),
    ("per_s", "1/s"),
    ("_s", "s"),
    ("_mb", "MB"),
    ("_ms", "ms"),
    ("_kb", "kB"),
)


def find_unit(metric: str) -> str:
    return next((unit for end, unit in UNITS if metric.endswith(end)), "")


def _about(scope: Scope, seconds: float) -> About:
    return About(seconds, scope.seed, DATA, scope.viewers)


def tell(lines: list[Line]) -> str:
    parts = sorted({line.metric for line in lines if line.metric.startswith("cpu_")})
    return make_table(lines, (*METRICS, *parts))
