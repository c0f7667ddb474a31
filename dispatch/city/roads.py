"""Road data from an extract: one prepared network per way of moving."""

from __future__ import annotations

from pathlib import Path

from dispatch.city.errors import CityError
from dispatch.city.tools import find_profile, find_tool, run_tool

PROFILES = ("car", "foot")
_FILE = "roads.osrm"


def roads_file(city: Path, profile: str) -> Path:
    """Say where a built city keeps the network of a profile."""
    return city / f"osrm-{profile}" / _FILE


def build_roads(extract: Path, city: Path, profile: str) -> None:
    """Extract, partition and customise one network (MLD: it can be customised again while it runs)."""
    target = roads_file(city, profile)
    target.parent.mkdir(parents=True)
    quiet = ("--verbosity", "WARNING")
    run_tool(find_tool("osrm", "osrm-extract"), "-p", find_profile(profile), "-o", target, *quiet, extract)
    run_tool(find_tool("osrm", "osrm-partition"), target, *quiet)
    run_tool(find_tool("osrm", "osrm-customize"), target, *quiet)
    if not target.with_name(f"{_FILE}.mldgr").is_file():
        raise CityError(f"The extract {extract.name} holds no ways for the profile {profile}.")
