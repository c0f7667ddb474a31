"""Road data in shared memory: load a built city under a name, and take it out again.

The names are machine-wide and the memory outlives every process, so whoever loads also unloads.
"""

from __future__ import annotations

from pathlib import Path

from dispatch.city.errors import CityError
from dispatch.city.region_register import forget_dataset, is_broken
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
        load_profile(roads_file(city, profile), f"{prefix}-{profile}")


def unload_roads(prefix: str) -> bool:
    """Take a city out of shared memory; False when some engine still uses it, and then it stays.

    Stop whatever uses the roads first: web, worker, world.
    """
    gone = [forget_dataset(name) for name in dataset_names(prefix)]
    return all(gone)


def load_profile(file: Path, name: str) -> None:
    """Load one prepared network under a name."""
    if not file.with_name(f"{file.name}.mldgr").is_file():
        raise CityError(f"There is no road data at {file.parent}: build the city first.")
    if is_broken(name):
        # The engine would try to remove what is gone already, and fail half-way.
        forget_dataset(name)
    run_tool(
        find_tool("osrm", "osrm-datastore"),
        *("--dataset-name", name, "--max-wait", _WAIT_S, "--verbosity", "WARNING"),
        file,
    )
