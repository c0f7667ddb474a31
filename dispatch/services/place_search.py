"""The places one can search for: a built city's list, brought into the database in one step."""

import json
from collections.abc import Iterator
from itertools import batched
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from accounts.callers import Caller
from accounts.ids import new_id
from dispatch.models import SearchPlace, Site

_BATCH = 2000
_COLUMNS = "id, city, build, kind, name, detail, lat, lon, site_id, folded"
_HOUSE = Caller.system()


def load_places(city: Path) -> int:
    """Load a built city's places unless they are there already; returns how many came.

    Those of an earlier build go in the same transaction, so that a search finds the old city or the new one.
    """
    build = json.loads((city / "meta.json").read_text(encoding="utf-8"))
    key = f"{build['extract_sha256'][:12]}-{build['builder_version']}"
    if SearchPlace.objects.of(_HOUSE).filter(city=city.name, build=key).exists():
        return 0
    sites = dict(Site.objects.of(_HOUSE).exclude(osm="").values_list("osm", "id"))
    count = 0
    with transaction.atomic():
        SearchPlace.objects.of(_HOUSE).filter(city=city.name).delete()
        for rows in batched(_read(city / "search.ndjson"), _BATCH):
            _insert([[new_id(), city.name, key, *row[:5], sites.get(row[5])] for row in rows])
            count += len(rows)
    return count


def _read(path: Path) -> Iterator[list[Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _insert(rows: list[list[Any]]) -> None:
    """Insert as they are; the database takes accents and case away as it will from what is typed."""
    mark = "(" + ", ".join(["%s"] * 9) + ", lower(unaccent(%s)))"
    values = [value for row in rows for value in (*row, f"{row[4]} {row[5]}".strip())]
    marks = ", ".join([mark] * len(rows))
    with connection.cursor() as cursor:
        # Column names and marks only; every value is passed beside.
        cursor.execute(f"INSERT INTO dispatch_searchplace ({_COLUMNS}) VALUES {marks}", values)  # noqa: S608
