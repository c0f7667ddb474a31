"""Build a city from an OpenStreetMap extract; needs no database."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from dispatch.city.build import build_city
from dispatch.city.errors import CityError

_DATA = Path(__file__).parents[2] / "city" / "data"


class Command(BaseCommand):
    help = "Build road data, map and places of a city from an OpenStreetMap extract (.osm.pbf)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="?", default=None, help="name of the city (default: CITY)")
        parser.add_argument(
            "--extract", type=Path, help="the .osm.pbf (default: the one that comes with the name)"
        )
        parser.add_argument("--force", action="store_true", help="build even when nothing has changed")

    def handle(self, *_args: Any, **options: Any) -> None:
        name: str = options["name"] or settings.CITY
        extract: Path = options["extract"] or _DATA / f"{name}.osm.pbf"
        city = Path(settings.VAR_DIR) / "city" / name
        try:
            build_city(extract, city, self.say, force=options["force"])
        except CityError as error:
            raise CommandError(str(error)) from error

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
