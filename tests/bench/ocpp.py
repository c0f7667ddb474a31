"""Chargers: from the meter to the screen, back after a restart, and energy to the watt-hour."""

import asyncio
import time
from dataclasses import dataclass, replace
from typing import Any

from dispatch.world.config import OutletConfig
from tests.bench.charging import chaos, live
from tests.bench.charging.servers import Servers, start_servers
from tests.bench.charging.station import Station
from tests.bench.journal import About, Journal, Line, make_table, say

METRICS = (
    "meter_to_screen_p95_s", "values_seen", "web_processor_share", "load_processor_share", "web_rss_mb",
    "gateway_up_s", "connected_all_s", "reconnect_all_s", "queued_values", "restart_web_processor_share",
    "restart_load_processor_share", "energy_difference_wh", "double_billed", "missing",
    "sessions", "frames_per_s",
)  # fmt: skip
UNITS = {"meter_to_screen_p95_s": "s", "reconnect_all_s": "s", "connected_all_s": "s", "web_rss_mb": "MB"}
DATA = "chargers of both versions, half each"


@dataclass(frozen=True, slots=True)
class Scope:
    """How many chargers and sessions, for how long, at how many web processes."""

    chargers: int = 500
    sessions: int = 10_000
    live_s: float = 120.0
    webs: tuple[int, ...] = (1, 2)
    # So many queued values in one message: the standard lets a charger send together what it has kept.
    together: int = 60
    seed: int = 1


def quick(scope: Scope) -> Scope:
    """The same size for a shorter time."""
    return replace(scope, live_s=30.0)


def measure(scope: Scope) -> list[Line]:
    """Measure all there is; each case has servers of its own."""
    journal = Journal("ocpp")
    for webs in scope.webs:
        with start_servers(webs, durable=True) as servers:
            planted = servers.run("seed", str(scope.chargers))
            stations = build_stations(servers, planted)
            _measure_live(journal, scope, servers, planted, stations)
            if webs == scope.webs[-1]:
                _measure_chaos(journal, scope, servers, stations)
    return journal.lines


def build_stations(servers: Servers, planted: dict[str, Any]) -> list[Station]:
    """Spread the chargers over the web processes."""
    return [
        Station(
            servers.ports[(number // 2) % len(servers.ports)],
            OutletConfig(row["identity"], row["key"], row["protocol"]),
            row["token"],
            row["unit"],
        )
        for number, row in enumerate(planted["chargers"])
    ]


def _measure_live(
    journal: Journal, scope: Scope, servers: Servers, planted: dict[str, Any], stations: list[Station]
) -> None:
    say(f"{scope.chargers} chargers live for {scope.live_s:.0f} s, {len(servers.ports)} web processes")

    async def run() -> dict[str, float]:
        token = await live.sign_in(servers.ports[0], planted["email"], planted["password"])
        return await live.measure_live(servers, stations, token, scope.live_s, scope.together)

    begun = time.monotonic()
    figures = asyncio.run(run())
    truth = {(s.outlet.identity, 1_000): s.register_wh - 1_000 for s in stations}
    held = chaos.compare(truth, servers.run("tally")["sessions"])
    _note(journal, f"{scope.chargers}c-{len(servers.ports)}w", {**figures, **held}, scope, begun)


def _measure_chaos(journal: Journal, scope: Scope, servers: Servers, stations: list[Station]) -> None:
    say(f"{scope.sessions} sessions with everything that goes wrong")
    before = len(servers.run("tally")["sessions"])
    for station in stations:
        station.register_wh, station.said = 10_000_000, 0
        station.live, station.fresh, station.closing = asyncio.Event(), asyncio.Event(), asyncio.Event()
    each = scope.sessions // len(stations)
    begun = time.monotonic()
    truth = asyncio.run(chaos.charge_all(stations, each, scope.seed, chaos.Luck()))
    seconds = time.monotonic() - begun
    sessions = servers.run("tally")["sessions"]
    ours = [row for row in sessions if row[1] >= 10_000_000]
    said = sum(station.said for station in stations)
    figures = {
        **chaos.compare(truth, ours),
        "sessions": len(sessions) - before,
        "frames_per_s": said / seconds,
    }
    _note(journal, f"{scope.sessions}s", figures, scope, begun)


def _note(journal: Journal, case: str, figures: dict[str, float], scope: Scope, begun: float) -> None:
    values = {metric: (value, UNITS.get(metric, "")) for metric, value in figures.items()}
    about = About(time.monotonic() - begun, scope.seed, DATA, scope.chargers)
    journal.note(case, "voltrun", values, about)


def tell(lines: list[Line]) -> str:
    return make_table(lines, METRICS)
