"""The API on a day of `std`: one web process, the planner at work, and twice as many callers as it serves.

Calls come at a fixed rate whether those before are answered or not. The highest rate that holds is looked
for, then it is doubled: what was accepted must not be lost, nor slow.
"""

import gzip
import json
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.bench.fleet.house import BenchHouse, start_house
from tests.bench.fleet.watching import Watching
from tests.bench.journal import ROOT, About, Journal, Line, make_table, say
from tests.bench.live import find_unit
from tests.bench.sets import find_hash

METRICS = (
    "quote_p50_ms", "quote_p95_ms", "accept_p50_ms", "accept_p95_ms", "cancel_p95_ms", "look_p95_ms",
    "requests_per_s", "shed_share", "accepts_shed_share", "event_to_plan_p50_s", "event_to_plan_p95_s",
    "plan_to_screen_p95_s", "plans", "board_p50_ms", "board_p95_ms", "board_kb", "board_stops", "lost",
    "failed", "accepted_work_ratio", "recovery_s", "load_cpu", "cpu_web", "cpu_worker", "cpu_solver",
    "cpu_postgres",
)  # fmt: skip
CALLER = ROOT / "tests" / "bench" / "fleet" / "caller.py"
# What must not suffer when more come than can be served.
ACCEPTED_WORK = ("accept", "cancel", "look")
# A rate holds while hardly any quote is turned away, and nobody waits longer than this.
HOLDS_MS = {"quote_p95_ms": 1_000.0, "accept_p95_ms": 5_000.0}
SHED = 0.02


@dataclass(frozen=True, slots=True)
class Scope:
    """How many calls a second, for how long; `steps` are tried for the highest that holds; the first must."""

    rate: float = 50.0
    seconds: float = 120.0
    steps: tuple[float, ...] = (3.0, 4.5, 7.0, 10.0, 15.0, 22.0, 33.0, 50.0, 75.0, 110.0)
    step_s: float = 20.0
    over_s: float = 300.0
    after_s: float = 45.0
    board_units: int = 200
    board_visits: int = 9
    boards: int = 20
    seed: int = 1


def quick(scope: Scope) -> Scope:
    """The same sizes for a shorter time."""
    return replace(scope, seconds=40.0, step_s=10.0, over_s=60.0, after_s=35.0)


def measure(scope: Scope) -> list[Line]:
    """Measure the calls, then too many of them, then the board of a large fleet."""
    journal = Journal("api")
    with start_house() as house:
        planted = house.run("std", "1", str(scope.seed))["areas"][0]
        wait_for_plan(house)
        # First what holds: a crowd leaves something behind.
        _measure_overload(journal, house, planted, scope)
        _measure_normal(journal, house, planted, scope)
    with start_house() as house:
        planted = house.run("seed", str(scope.board_units), "2", "1", str(scope.board_visits))["areas"][0]
        wait_for_plan(house)
        note(journal, f"board {scope.board_units}u", measure_board(house, planted, scope.boards), scope)
    return journal.lines


def wait_for_plan(house: BenchHouse, within_s: float = 300.0) -> None:
    """Wait until every area has been planned once."""
    ends_at = time.monotonic() + within_s
    while time.monotonic() < ends_at:
        figures = house.run("figures")
        if figures["plans"] and all(done for _, _, done in figures["waiting"]):
            return
        time.sleep(2.0)
    raise RuntimeError("no plan was made")


def _measure_normal(journal: Journal, house: BenchHouse, planted: dict[str, Any], scope: Scope) -> None:
    say(f"{scope.rate:g} calls/s for {scope.seconds:.0f} s")
    warm = {"name": "warm", "rate": scope.rate / 2, "seconds": 10.0}
    phases = [warm, {"name": "normal", "rate": scope.rate, "seconds": scope.seconds}]
    told = run_calls(house, planted, phases, scope)
    figures = tell_phase(told, "normal") | told["planning"] | {"lost": count_lost(house, told)}
    note(journal, f"std {scope.rate:g}/s", figures, scope)


def _measure_overload(journal: Journal, house: BenchHouse, planted: dict[str, Any], scope: Scope) -> None:
    holds = scope.steps[0]
    for rate in scope.steps:
        say(f"{rate:g} calls/s for {scope.step_s:.0f} s")
        # The first calls of a process open what the others find open.
        phases = [
            {"name": "warm", "rate": rate, "seconds": 10.0},
            {"name": "step", "rate": rate, "seconds": scope.step_s},
        ]
        told = run_calls(house, planted, phases, scope)
        figures = tell_phase(told, "step")
        note(journal, f"std {rate:g}/s", figures, scope)
        if not does_hold(figures):
            break
        holds = rate
    say(f"{holds:g} calls/s hold; {2 * holds:g} calls/s for {scope.over_s:.0f} s")
    phases = [
        {"name": "before", "rate": holds, "seconds": scope.step_s},
        {"name": "over", "rate": 2 * holds, "seconds": scope.over_s},
        {"name": "after", "rate": holds, "seconds": scope.after_s},
    ]
    told = run_calls(house, planted, phases, scope)
    figures = tell_phase(told, "over") | {"lost": count_lost(house, told)}
    before = spread(work_of(told, "before"))
    figures["accepted_work_p95_ms"] = spread(work_of(told, "over"))
    figures["accepted_work_before_p95_ms"] = before
    figures["accepted_work_ratio"] = figures["accepted_work_p95_ms"] / max(before, 1.0)
    figures["recovery_s"] = find_recovery_s(told, tell_phase(told, "before"))
    note(journal, f"std {2 * holds:g}/s, twice what holds", figures, scope)


def run_calls(
    house: BenchHouse, planted: dict[str, Any], phases: list[dict[str, Any]], scope: Scope
) -> dict[str, Any]:
    """Let the callers call, and look at what they were answered, what screens heard and what was planned."""
    followed = [(f"/ws/driver/requests/{row['request']}", row["token"]) for row in planted["requests"][:60]]
    plan = {
        "port": house.ports[0],
        "drivers": planted["drivers"],
        "spots": planted["spots"],
        "screens": [*(("/ws/ops", one["token"]) for one in planted["consoles"][:3]), *followed],
        "phases": phases,
        "seed": scope.seed,
    }
    with tempfile.TemporaryDirectory() as folder:
        out, path, events = (Path(folder) / name for name in ("out.json", "plan.json", "events.json"))
        path.write_text(json.dumps(plan))
        caller = subprocess.Popen([sys.executable, str(CALLER), str(path), str(out)], cwd=folder)
        watching = Watching(house)
        while caller.poll() is None:
            watching.look()
            time.sleep(1.0)
        told: dict[str, Any] = json.loads(out.read_text())
        house.run("events", str(events))
        told["planning"] = find_planning(house, told, json.loads(events.read_text()))
    for phase in told["phases"]:
        phase["cpu"] = watching.find_shares(phase["begun"], phase["ended"])
    return told


def tell_phase(told: dict[str, Any], name: str) -> dict[str, Any]:
    """Say how calls of a phase fared: what was answered, how soon, and what was turned away."""
    phase = next(one for one in told["phases"] if one["name"] == name)
    rows = [row for row in told["rows"] if row[0] == name]
    figures: dict[str, Any] = {"n": len(rows), "requests_per_s": len(rows) / phase["seconds"]}
    for kind in ("quote", "accept", "cancel", "look"):
        taken = [ms for _, what, _, ms, status, _, _ in rows if what == kind and status and status != 503]
        figures[f"{kind}_p50_ms"] = spread(taken, 50)
        figures[f"{kind}_p95_ms"] = spread(taken)
    quotes = [row for row in rows if row[1] == "quote"]
    shed = [row for row in quotes if row[4] == 503]
    figures["shed_share"] = len(shed) / max(1, len(quotes))
    figures["shed_p95_ms"] = spread([row[3] for row in shed])
    figures["shed_without_retry"] = sum(not row[6] for row in shed)
    accepts = [row for row in rows if row[1] == "accept"]
    figures["accepts_shed_share"] = sum(row[4] == 503 for row in accepts) / max(1, len(accepts))
    # What was accepted must not be turned away, nor anybody be met by an error of ours.
    figures["failed"] = sum(
        row[4] in (0, 500) or (row[4] == 503 and row[1] not in ("quote", "accept")) for row in rows
    )
    figures["load_cpu"] = phase["load_cpu"]
    figures["cpu"] = phase["cpu"]
    codes: dict[str, int] = {}
    for row in rows:
        codes[f"{row[1]} {row[4]} {row[5]}"] = codes.get(f"{row[1]} {row[4]} {row[5]}", 0) + 1
    figures["answers"] = codes
    return figures


def does_hold(figures: dict[str, Any]) -> bool:
    """Say whether a rate can be kept up for ever."""
    return figures["shed_share"] <= SHED and all(figures[name] <= most for name, most in HOLDS_MS.items())


def work_of(told: dict[str, Any], name: str) -> list[float]:
    return [row[3] for row in told["rows"] if row[0] == name and row[1] in ACCEPTED_WORK and row[4]]


def find_planning(house: BenchHouse, told: dict[str, Any], events: dict[str, list[Any]]) -> dict[str, float]:
    """Say how long events waited for the plan that answers them, and plans for the screens they change."""
    begun, ended = told["phases"][0]["begun"], told["phases"][-1]["ended"]
    plans = [row for row in house.run("figures")["plans"] if row[2] == "publish" and row[3] and row[4]]
    waits = [made - wanted for _, _, _, wanted, made in plans if begun <= made <= ended]
    by_number = {
        (stream, row[0]): row[2] for stream, rows in events.items() for row in rows if row[3] == "planner"
    }
    area = next(stream for stream in events if stream.startswith("area:"))
    screens = []
    for at, path, seq, _ in told["heard"]:
        stream = area if path == "/ws/ops" else f"request:{path.rpartition('/')[2]}"
        published = by_number.get((stream, seq))
        if published is not None:
            screens.append(at - published)
    return {
        "plans": len(waits),
        "event_to_plan_p50_s": spread(waits, 50),
        "event_to_plan_p95_s": spread(waits),
        "plan_to_screen_p95_s": spread(screens),
        "screens_told": len(screens),
    }


def count_lost(house: BenchHouse, told: dict[str, Any]) -> int:
    """Count what callers were told stands and the database does not hold as such."""
    held = house.run("figures")["requests"]
    cancelled = set(told["cancelled"])
    return sum(
        held.get(request) is None or (request not in cancelled and held[request] == "cancelled")
        for request in told["made"]
    )


def find_recovery_s(told: dict[str, Any], before: dict[str, Any]) -> float:
    """Say how long after the crowd had gone quotes were as quick as before: five good seconds in a row."""
    phase = next(one for one in told["phases"] if one["name"] == "after")
    rows = [row for row in told["rows"] if row[0] == "after" and row[1] == "quote"]
    good = max(2 * before["quote_p95_ms"], 100.0)
    for second in range(int(phase["seconds"]) - 5):
        window = [row for row in rows if second <= row[2] - phase["begun"] < second + 5]
        if window and spread([row[3] for row in window]) <= good and all(row[4] == 201 for row in window):
            return float(second)
    return float(phase["seconds"])


def measure_board(house: BenchHouse, planted: dict[str, Any], times: int) -> dict[str, float]:
    """Fetch the console's document as a browser does."""
    took, size, body = [], 0, b""
    for _ in range(times):
        call = urllib.request.Request(  # our own house
            f"http://127.0.0.1:{house.ports[0]}/api/ops/board",
            headers={"Authorization": f"Bearer {planted['consoles'][0]['token']}", "Accept-Encoding": "gzip"},
        )
        begun = time.perf_counter()
        with urllib.request.urlopen(call, timeout=60) as answer:
            body = answer.read()
        took.append((time.perf_counter() - begun) * 1000)
        size = len(body)
    board = json.loads(gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body)
    return {
        "board_p50_ms": spread(took, 50),
        "board_p95_ms": spread(took),
        "board_kb": size / 1000,
        "board_units": len(board["units"]),
        "board_stops": sum(len(route["stops"]) for route in board["routes"]),
    }


def spread(values: Iterable[float], cut: int = 95) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * cut // 100)] if ordered else -1.0


def note(journal: Journal, case: str, figures: dict[str, Any], scope: Scope) -> None:
    numbers = {key: value for key, value in figures.items() if isinstance(value, int | float) and key != "n"}
    values = {key: (float(value), find_unit(key)) for key, value in numbers.items()}
    values |= {f"cpu_{part}": (share, "") for part, share in figures.get("cpu", {}).items()}
    say(json.dumps({"case": case, **figures}))
    journal.note(
        case, "voltrun", values, About(scope.seconds, scope.seed, find_hash(), int(figures.get("n", 1)))
    )


def tell(lines: list[Line]) -> str:
    return make_table(lines, METRICS)
