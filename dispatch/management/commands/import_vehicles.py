"""Bring a file of electric cars into the catalogue: Open EV Data in either shape, or our own."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from dispatch.services.catalogue import (
    BUILT_IN,
    CatalogueError,
    Entry,
    load_catalogue,
    read_catalogue,
    read_json,
)
from dispatch.services.open_ev_data import read_open_ev_data


class Command(BaseCommand):
    help = "Imports electric cars into the catalogue: all of a file, or nothing with one sentence why."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", type=Path, nargs="?", default=BUILT_IN, help="JSON (default: the built-in catalogue)"
        )

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            entries = self._read(file)
            done = load_catalogue(entries)
        except CatalogueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{done.added} added, {done.changed} changed, {done.same} as they were")

    def _read(self, file: Path) -> list[Entry]:
        document = read_json(file)
        if isinstance(document, dict) and "models" in document:
            return read_catalogue(file)
        found = read_open_ev_data(file)
        self.stdout.write(
            f"{file.name}: {len(found.entries)} cars; left out: {found.skipped} that are no battery cars,"
            f" {found.repeated} that are there again"
        )
        return found.entries
