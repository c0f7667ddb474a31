"""Days of a fleet and its demand from a seed file, and a table: who is offered a unit within half an hour."""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from routing.simulation.asking import Terms
from routing.simulation.half_hour import P90, Days, Probe, probe_days, share_in_time
from routing.travel.osrm import OsrmTravel

DEFAULT_RATE_PER_H = 1.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Live, and print the table; return 0 when every hour of the day keeps its promise."""
    options = _read(arguments)
    seed = json.loads(options.seed_file.read_text(encoding="utf-8"))
    rate_per_h = options.rate or seed.get("rate_per_h", DEFAULT_RATE_PER_H)
    days, terms = Days(options.start, options.hours, rate_per_h), Terms()
    travel = OsrmTravel(options.roads)
    probes: list[Probe] = []
    for number in range(1, options.seeds + 1):
        found = probe_days(seed, days, number, travel, terms, iterations=options.iterations)
        share = share_in_time(found, terms.p90_s)
        sys.stderr.write(f"seed {number} of {options.seeds}: {share:.3f} of {len(found)} in time\n")
        probes += found
    worst = _print_table(probes, terms.p90_s, rate_per_h)
    return 0 if worst >= options.wanted else 1


def _read(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m routing.simulation", description=__doc__)
    parser.add_argument("--seed-file", type=Path, required=True, help="fleet, depots, roster, cars, spots")
    parser.add_argument("--roads", required=True, help="road data: a name in shared memory or a path prefix")
    parser.add_argument("--start", type=_instant, default="2026-11-16T07:00:00Z", help="ISO 8601 with zone")
    parser.add_argument("--hours", type=int, default=24)
    parser.add_argument("--seeds", type=int, default=5, help="how often, each time with other people")
    parser.add_argument("--rate", type=float, help="mean arrivals per hour; left out: the seed file's")
    parser.add_argument("--iterations", type=int, default=0, help="improve the plan after each accept")
    parser.add_argument("--wanted", type=float, default=0.95, help="share that every hour must reach")
    return parser.parse_args(arguments)


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise argparse.ArgumentTypeError("must carry a time zone")
    return at.astimezone(UTC)


def _print_table(probes: Sequence[Probe], p90: P90, rate_per_h: float) -> float:
    by_hour: dict[int, list[Probe]] = defaultdict(list)
    for probe in probes:
        by_hour[probe.hour].append(probe)
    lines = [
        f"{rate_per_h:g} arrivals per hour; P90 within half an hour, by hour of local time",
        "hour  asked  share  median",
    ]
    for hour, asked in sorted(by_hour.items()):
        waits = [p90(probe.wait_s) if probe.wait_s is not None else float("inf") for probe in asked]
        lines.append(
            f"{hour:4}  {len(asked):5}  {share_in_time(asked, p90):5.3f}  {median(waits) / 60:4.0f} min"
        )
    lines.append(f" all  {len(probes):5}  {share_in_time(probes, p90):5.3f}")
    sys.stdout.write("\n".join(lines) + "\n")
    return min(share_in_time(asked, p90) for asked in by_hour.values())


if __name__ == "__main__":
    sys.exit(main())
