"""What a built city says about itself, and whether it still is what would be built now."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dispatch.city.extract import Extract, hash_file

BUILDER_VERSION = 3
ATTRIBUTION = "© OpenStreetMap contributors"
LICENCE = "ODbL-1.0"
META = "meta.json"
_FILES = (
    "basemap.pmtiles", "places.json", "search.ndjson",
    "osrm-car/roads.osrm.mldgr", "osrm-high_van/roads.osrm.mldgr", "osrm-foot/roads.osrm.mldgr",
)  # fmt: skip


def build_key(extract: Extract) -> str:
    """Name a build by all that decides its content."""
    return f"{extract.sha256[:12]}-{BUILDER_VERSION}"


def write_meta(city: Path, name: str, extract: Extract, counts: Mapping[str, int]) -> None:
    """Write the account of a finished build: the last file, so its presence means all are there."""
    west, south, east, north = extract.bounds
    meta = {
        "name": name,
        "builder_version": BUILDER_VERSION,
        "extract_sha256": extract.sha256,
        "data_at": extract.data_at,
        "bounds": [west, south, east, north],
        "center": {"lat": round((south + north) / 2, 6), "lon": round((west + east) / 2, 6)},
        "attribution": ATTRIBUTION,
        "licence": LICENCE,
        "counts": dict(sorted(counts.items())),
        "files": {
            file: {"bytes": (city / file).stat().st_size, "sha256": hash_file(city / file)} for file in _FILES
        },
    }
    (city / META).write_text(json.dumps(meta, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def find_meta(city: Path) -> dict[str, Any] | None:
    """Read the account of a built city, if there is one."""
    try:
        meta = json.loads((city / META).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return meta if isinstance(meta, dict) else None


def is_fresh(city: Path, extract: Extract) -> bool:
    """Say whether a built city came from this extract by this builder, and is whole."""
    meta = find_meta(city)
    if meta is None or meta.get("builder_version") != BUILDER_VERSION:
        return False
    return meta.get("extract_sha256") == extract.sha256 and all(
        _has_size(city / file, said) for file, said in meta.get("files", {}).items()
    )


def _has_size(file: Path, said: Mapping[str, Any]) -> bool:
    return file.is_file() and file.stat().st_size == said.get("bytes")
