"""Seal every sealed field anew with the first key of the ring; may be killed and begun again."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.library.kept_factors import COLUMN, count_factors_by_key, seal_factors_anew
from dispatch.services.keeping.key_file import add_key
from dispatch.services.keeping.rotation import count_by_key, list_columns, rotate


class Command(BaseCommand):
    help = "Seals every sealed field with the first key of the ring; --new puts a new key before the others."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--new", action="store_true", help="make a key and put it first in FIELD_KEYS_FILE"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["new"]:
            if settings.FIELD_KEYS or not settings.FIELD_KEYS_FILE:
                raise CommandError(
                    "FIELD_KEYS is given: put the new key before the others there, and restart."
                )
            try:
                self.stdout.write(f"new key: {add_key(Path(settings.FIELD_KEYS_FILE))}")
            except OSError as error:
                raise CommandError(
                    f"{settings.FIELD_KEYS_FILE} cannot be written: {error.strerror}."
                ) from None
        used: set[str] = set()
        for column in list_columns():
            written = sum(rotate(column))
            # Who wrote in between with a ring read before the key was new.
            written += sum(rotate(column))
            counts = count_by_key(column)
            used |= counts.keys()
            self._tell(column.name, written, counts)
        written, counts = seal_factors_anew(), count_factors_by_key()
        used |= counts.keys()
        self._tell(COLUMN, written, counts)
        self.stdout.write(
            f"keys in use: {', '.join(sorted(used)) or 'none'}; older backups need the older ones"
        )

    def _tell(self, column: str, written: int, counts: Mapping[str, int]) -> None:
        told = ", ".join(f"{key} {count}" for key, count in sorted(counts.items())) or "nothing"
        self.stdout.write(f"{column}: {written} sealed anew; now {told}")
