"""Write a backup; the house may go on working."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from dispatch import clock
from dispatch.management.backup.errors import BackupError
from dispatch.management.backup.making import make_backup
from dispatch.management.backup.server import find_server


class Command(BaseCommand):
    help = "Writes the whole database, pictures and all, into a new folder below --to."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", default="", help="a folder; var/backups, if none is named")

    def handle(self, *args: Any, **options: Any) -> None:
        to = Path(options["to"] or settings.VAR_DIR / "backups").resolve()
        try:
            folder, manifest = make_backup(find_server(), to, clock.wall())
        except BackupError as error:
            raise CommandError(str(error)) from None
        requests = manifest.rows.get("dispatch_chargerequest", 0)
        self.stdout.write(f"{folder}: {requests} requests, {manifest.bytes / 1e6:.1f} MB")
        if manifest.keys:
            self.stdout.write(
                f"Its sealed fields open with {', '.join(manifest.keys)} alone, which is not in it:"
                f" keep {settings.FIELD_KEYS_FILE or 'FIELD_KEYS'} in another place."
            )
