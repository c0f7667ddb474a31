"""Build a city: roads, map, places, account. The steps that do not need each other run side by side."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from dispatch.city.basemap import Basemap, cut_tiles
from dispatch.city.errors import CityError
from dispatch.city.extract import Extract, read_extract
from dispatch.city.gazetteer import write_rows
from dispatch.city.meta import ATTRIBUTION, build_key, is_fresh, write_meta
from dispatch.city.places import Places, write_places
from dispatch.city.roads import PROFILES, build_roads
from dispatch.city.size import MOST_MB, check_disk, check_size
from dispatch.city.swap import staged
from dispatch.city.sweep import sweep

type Say = Callable[[str], None]


def build_city(
    extract_path: Path, city: Path, say: Say, *, force: bool = False, most_mb: int = MOST_MB
) -> bool:
    """Build `city` (a folder) from an extract; False when what stands there is fresh already.

    Raises
    ------
    CityError
        With one sentence; what stood there before still stands.
    """
    with _disk_in_words():
        check_size(extract_path, most_mb)
        extract = read_extract(extract_path)
        if not force and is_fresh(city, extract):
            say(f"{city.name}: is up to date")
            return False
        check_disk(extract_path, city)
        with staged(city, build_key(extract)) as work:
            _build(extract, city.name, work, say)
    return True


def _build(extract: Extract, name: str, work: Path, say: Say) -> None:
    started = perf_counter()
    size_mb = extract.path.stat().st_size / 1e6
    say(f"{name}: building from {extract.path.name} ({size_mb:.1f} MB)")
    with ThreadPoolExecutor() as pool:
        say(f"{name}: roads for {', '.join(PROFILES)}, map and places; steps run side by side")
        steps = [
            pool.submit(_timed, say, f"{name}: roads for {p}", build_roads, extract.path, work, p)
            for p in PROFILES
        ]
        counts = _timed(say, f"{name}: map and places", _draw, extract, work)
        for step in steps:
            step.result()
    write_meta(work, name, extract, counts)
    say(f"{name}: done in {perf_counter() - started:.1f} s")


def _draw(extract: Extract, work: Path) -> dict[str, int]:
    features = work / "features.ndjson"
    places = Places()
    with features.open("w", encoding="utf-8") as file:
        basemap = Basemap(file, extract.bounds)
        for thing in sweep(extract.path):
            basemap.take(thing)
            places.take(thing)
        basemap.finish()
    if not basemap.counts["roads"]:
        raise CityError(f"The extract {extract.path.name} holds no roads.")
    found = places.to_json()
    (work / "places.json").write_text(write_places(found, ATTRIBUTION), encoding="utf-8")
    (work / "search.ndjson").write_text(write_rows(found), encoding="utf-8")
    cut_tiles(features, work / "basemap.pmtiles", extract.bounds, ATTRIBUTION)
    features.unlink()
    return dict(basemap.counts)


def _timed[**P, T](say: Say, what: str, step: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    started = perf_counter()
    result = step(*args, **kwargs)
    say(f"{what} ({perf_counter() - started:.1f} s)")
    return result


@contextmanager
def _disk_in_words() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise CityError("The disk is full.") from error
        raise CityError(f"The city could not be written: {error}.") from error
