"""Build a city from an OpenStreetMap extract; needs no database."""

from __future__ import annotations

import re
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from dispatch.city.build import build_city
from dispatch.city.errors import CityError

_DATA = Path(__file__).parents[2] / "city" / "data"
_NAME = re.compile(r"^[a-z0-9][a-z0-9-]{0,39}$")


class Command(BaseCommand):
    help = "Build road data, map and places of a city from an OpenStreetMap extract (.osm.pbf)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "extract", type=Path, nargs="?", help="the .osm.pbf (default: the one that comes with the name)"
        )
        parser.add_argument("--name", default=None, help="name of the city (default: the file's, else CITY)")
        parser.add_argument("--force", action="store_true", help="build even when nothing has changed")

    def handle(self, *_args: Any, **options: Any) -> None:
        given: Path | None = options["extract"]
        name: str = options["name"] or (given.name.partition(".")[0] if given else settings.CITY)
        if not _NAME.match(name):
            raise CommandError(
                f"A city's name has small letters, digits and dashes, not {name!r}; give one with --name."
            )
        try:
            build_city(
                given or _DATA / f"{name}.osm.pbf",
                Path(settings.VAR_DIR) / "city" / name,
                self.say,
                most_mb=settings.EXTRACT_MAX_MB,
                force=options["force"],
            )
        except CityError as error:
            raise CommandError(str(error)) from error

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
