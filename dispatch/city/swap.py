"""A new city takes the place of the old one in one step, or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dispatch.city.errors import CityError


@contextmanager
def staged(city: Path, key: str) -> Iterator[Path]:
    """Give an empty folder to build in; it becomes the city when the block ends well.

    The city is a link to a finished build beside it. The build before the present one stays, because
    road engines that are running read on from its files.
    """
    _refuse_stranger(city)
    city.parent.mkdir(parents=True, exist_ok=True)
    work = city.parent / f".{city.name}-{key}.{os.getpid()}.part"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    try:
        yield work
        _publish(city, work, key)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _publish(city: Path, work: Path, key: str) -> None:
    previous = city.resolve().name if city.is_symlink() else None
    finished = _free_name(city, key)
    work.rename(finished)
    link = city.parent / f".{city.name}.{os.getpid()}.link"
    link.unlink(missing_ok=True)
    link.symlink_to(finished.name)
    link.replace(city)
    _remove_older(city, keep={finished.name, previous})


def _free_name(city: Path, key: str) -> Path:
    name, count = city.parent / f".{city.name}-{key}", 1
    while name.exists():
        count += 1
        name = city.parent / f".{city.name}-{key}.{count}"
    return name


def _refuse_stranger(city: Path) -> None:
    if city.exists() and not city.is_symlink():
        raise CityError(f"{city} is in the way: it is not a city built here. Move it aside.")


def _remove_older(city: Path, keep: set[str | None]) -> None:
    for build in city.parent.glob(f".{city.name}-*"):
        if build.name not in keep and build.suffix != ".part":
            shutil.rmtree(build, ignore_errors=True)
