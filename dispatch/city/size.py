"""Is there room for it: an extract is a city, not a country, and a build needs many times its size."""

from __future__ import annotations

import shutil
from pathlib import Path

from dispatch.city.errors import CityError

MOST_MB = 300
# Three road networks with their intermediate files, the map and its features: measured, rounded up.
DISK_TIMES = 60
LEAST_FREE_MB = 200
_MB = 1_000_000


def check_size(extract: Path, most_mb: int) -> None:
    """Refuse what would take hours and more memory than a machine has."""
    if extract.is_file() and extract.stat().st_size > most_mb * _MB:
        raise CityError(
            f"{extract.name} has {extract.stat().st_size / _MB:,.0f} MB, and up to {most_mb} MB are built"
            " here: cut the city out of it, or raise EXTRACT_MAX_MB."
        )


def check_disk(extract: Path, city: Path) -> None:
    """Refuse to begin what the disk cannot hold."""
    folder = next(place for place in (city.parent, *city.parents) if place.is_dir())
    free_mb = shutil.disk_usage(folder).free // _MB
    needed_mb = LEAST_FREE_MB + DISK_TIMES * extract.stat().st_size // _MB
    if free_mb < needed_mb:
        raise CityError(f"The disk is full: {needed_mb:,} MB are needed and {free_mb:,} MB are free.")
