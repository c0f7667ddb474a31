"""Road data from an extract: one prepared network per way of moving."""

from __future__ import annotations

from pathlib import Path

from dispatch.city.errors import CityError
from dispatch.city.tools import find_profiles, find_tool, run_tool

PROFILES = ("car", "high_van", "foot")
"""Ways of moving: a van no higher than a car, a high van, and feet (robots and trolleys walk)."""

_OWN = Path(__file__).parent / "profiles"
_LIMITS = {"car": "low_van"}
_FILE = "roads.osrm"


def roads_file(city: Path, profile: str) -> Path:
    """Say where a built city keeps the network of a profile."""
    return city / f"osrm-{profile}" / _FILE


def build_roads(extract: Path, city: Path, profile: str) -> None:
    """Extract, partition and customise one network (MLD: it can be customised again while it runs)."""
    target = roads_file(city, profile)
    target.parent.mkdir(parents=True)
    quiet = ("--verbosity", "WARNING")
    shipped = find_profiles()
    own = _OWN / f"{_LIMITS.get(profile, profile)}.lua"
    rules = own if own.is_file() else shipped / f"{profile}.lua"
    # Ours say what is different, and ask for the rest by name.
    paths = {"LUA_PATH": f"{shipped}/?.lua;;"}
    run_tool(find_tool("osrm", "osrm-extract"), "-p", rules, "-o", target, *quiet, extract, more=paths)
    run_tool(find_tool("osrm", "osrm-partition"), target, *quiet)
    run_tool(find_tool("osrm", "osrm-customize"), target, *quiet)
    if not target.with_name(f"{_FILE}.mldgr").is_file():
        raise CityError(f"The extract {extract.name} holds no ways for the profile {profile}.")
