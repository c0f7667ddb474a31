"""Monaco as the tests use it: the extract in the repository and a few corners everybody knows."""

import os
import re
from pathlib import Path

from dispatch.city.datastore import unload_roads
from dispatch.city.region_register import list_datasets
from routing.travel import Point

EXTRACT = Path(__file__).parents[2] / "dispatch" / "city" / "data" / "monaco.osm.pbf"

CASINO = Point(43.7397, 7.4272)
STATION = Point(43.7384, 7.4193)
FONTVIEILLE = Point(43.7285, 7.4157)
LARVOTTO = Point(43.7468, 7.4325)
PORT = Point(43.7352, 7.4214)
OUT_AT_SEA = Point(43.7000, 7.4700)


def own_prefix() -> str:
    """Name data sets of this test run alone, and remove what runs that were killed have left."""
    for name in list_datasets():
        left = re.fullmatch(r"(voltrun-test-(\d+).*)-(?:car|high_van|foot)", name)
        if left and not Path(f"/proc/{left[2]}").exists():
            unload_roads(left[1])
    return f"voltrun-test-{os.getpid()}"
