"""Road data in shared memory: load a built city under a name, and take it out again.

The names are machine-wide and the memory outlives every process, so whoever loads also unloads.
"""

from __future__ import annotations

from pathlib import Path

from dispatch.city.errors import CityError
from dispatch.city.region_register import forget_dataset
from dispatch.city.roads import PROFILES, roads_file
from dispatch.city.tools import find_tool, run_tool

# A loader that was killed in the middle must not keep the next one waiting for ever.
_WAIT_S = "10"


def dataset_names(prefix: str) -> list[str]:
    """Name the data sets of a city: one per profile."""
    return [f"{prefix}-{profile}" for profile in PROFILES]


def load_roads(city: Path, prefix: str) -> None:
    """Load every profile of a built city as ``<prefix>-<profile>``.

    Loading again under the same name swaps the data beneath engines that are running.
    """
    for profile in PROFILES:
        _load(roads_file(city, profile), f"{prefix}-{profile}")


def unload_roads(prefix: str) -> None:
    """Take a city out of shared memory; engines still attached keep theirs until they let go."""
    for name in dataset_names(prefix):
        forget_dataset(name)


def _load(file: Path, name: str) -> None:
    if not file.with_name(f"{file.name}.mldgr").is_file():
        raise CityError(f"There is no road data at {file.parent}: build the city first.")
    arguments = ("--dataset-name", name, "--max-wait", _WAIT_S, "--verbosity", "WARNING", file)
    loader = find_tool("osrm", "osrm-datastore")
    try:
        run_tool(loader, *arguments)
    except CityError:
        # The register may remember a segment that somebody removed: forget it and try once more.
        forget_dataset(name)
        run_tool(loader, *arguments)
