"""The rows of a big fleet, as a program beside a house. What is said goes out as JSON.

`seed UNITS CONSOLES AREAS VISITS` plants units that drive to one request and have so many visits after it,
`std AREAS SEED` a day of the frozen set; `events FILE` writes down every stream's events, `figures` tells how
plans came about, `want` asks for plans, `press SECONDS` does so without end.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

import django

django.setup()

from dispatch import clock  # noqa: E402
from dispatch.models import ChargeRequest, Event, Plan, ReplanWanted, ServiceArea  # noqa: E402
from dispatch.services.replans import want_replan  # noqa: E402
from tests.bench.fleet.planting import plant_area  # noqa: E402
from tests.bench.fleet.planting_std import plant_std  # noqa: E402


def seed(units: str, consoles: str, areas: str, visits: str) -> dict[str, Any]:
    """Plant areas with as many units each."""
    planted = [plant_area(number, int(units), int(consoles), int(visits)) for number in range(int(areas))]
    return {"areas": planted}


def write_events(path: str) -> dict[str, int]:
    """Write down what the database holds of every stream: `[seq, type, at, actor]` in order."""
    streams: dict[str, list[list[object]]] = {}
    rows = Event.objects.order_by("stream", "seq").values_list("stream", "seq", "type", "at", "actor")
    for stream, seq, type_, at, actor in rows.iterator():
        streams.setdefault(stream, []).append([seq, type_, at.timestamp(), actor])
    Path(path).write_text(json.dumps(streams))
    return {"events": sum(map(len, streams.values()))}


def tell_figures() -> dict[str, Any]:
    """Tell of each area which plans were made, when each was wanted and made, on the human clock."""
    plans = Plan.objects.order_by("area", "version").values_list(
        "area__slug", "version", "writer", "wanted_at", "made_at"
    )
    return {
        "plans": [
            [slug, version, writer, wanted and wanted.timestamp(), made and made.timestamp()]
            for slug, version, writer, wanted, made in plans
        ],
        "requests": {str(key): status for key, status in ChargeRequest.objects.values_list("id", "status")},
        "waiting": [
            [row.area.slug, row.wanted, row.done] for row in ReplanWanted.objects.select_related("area")
        ],
    }


def want() -> dict[str, int]:
    """Ask for a plan of every area."""
    areas = list(ServiceArea.objects.all())
    for area in areas:
        want_replan(area.id, "asked_by_dispatcher", clock.wall())
    return {"areas": len(areas)}


def seed_std(areas: str, seed_: str) -> dict[str, Any]:
    """Plant areas with a day of the frozen set `std` each."""
    return {"areas": [plant_std(number, int(seed_) + number) for number in range(int(areas))]}


def press(seconds: str) -> dict[str, Any]:
    """Keep every area wanting a plan for so long; tells when each was done with one."""
    areas = {row.id: row.slug for row in ServiceArea.objects.all()}
    done: dict[str, list[float]] = {slug: [] for slug in areas.values()}
    known: dict[Any, int] = {}
    begun = time.time()
    while time.time() - begun < float(seconds):
        for area_id, wanted, covered in ReplanWanted.objects.values_list("area", "wanted", "done"):
            if known.get(area_id, covered) < covered:
                done[areas[area_id]].append(time.time())
            known[area_id] = covered
            if covered >= wanted:
                want_replan(area_id, "asked_by_dispatcher", clock.wall())
        time.sleep(0.02)
    return {"done": done, "seconds": time.time() - begun}


VERBS = {
    "press": press,
    "seed": seed,
    "std": seed_std,
    "events": write_events,
    "figures": tell_figures,
    "want": want,
}

if __name__ == "__main__":
    sys.stdout.write(json.dumps(VERBS[sys.argv[1]](*sys.argv[2:])))
