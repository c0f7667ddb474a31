"""The demo's promise: an ordinary request in the centre is mostly offered a unit within half an hour."""

import json
from datetime import UTC, datetime
from pathlib import Path

from routing.simulation.asking import Terms
from routing.simulation.half_hour import Days, probe_days, share_in_time
from routing.travel.great_circle import GreatCircleTravel, Pace

SEED = Path(__file__).resolve().parents[2] / "dispatch" / "city" / "data" / "monaco.seed.json"
# Eight in the morning in Monaco, as the demo begins.
MORNING = datetime(2026, 11, 16, 7, tzinfo=UTC)
# Free streets of Monaco: what the road engine says of its parking spots, a fifth slower.
ROADS = GreatCircleTravel(
    {
        "car": Pace(speed_mps=9.0, detour=1.8),
        "high_van": Pace(speed_mps=8.5, detour=1.8),
        "foot": Pace(speed_mps=1.0, detour=1.3),
    }
)


def test_a_unit_within_half_an_hour_in_nineteen_cases_of_twenty():
    seed, terms = json.loads(SEED.read_text(encoding="utf-8")), Terms()
    days = Days(MORNING, hours=24, rate_per_h=seed["rate_per_h"])
    probes = [probe for number in (1, 2, 3) for probe in probe_days(seed, days, number, ROADS, terms)]
    assert {probe.hour for probe in probes} == set(range(24))
    assert share_in_time(probes, terms.p90_s) >= 0.95
