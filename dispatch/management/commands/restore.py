"""Bring a backup back; whatever is wrong with it, the old data stays."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from psycopg import sql

from dispatch import clock
from dispatch.management.backup.errors import BackupError
from dispatch.management.backup.restoring import restore
from dispatch.management.backup.server import find_server


class Command(BaseCommand):
    help = "Puts a backup in the place of the data; the house must not run."
    # The database may not be there yet.
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", required=True, dest="folder", help="a folder that `backup` wrote")
        parser.add_argument("--drop-old", action="store_true", help="do not keep the old data beside it")

    def handle(self, *args: Any, **options: Any) -> None:
        server = find_server()
        try:
            manifest, old = restore(server, Path(options["folder"]).resolve(), clock.wall(), self._say)
        except BackupError as error:
            raise CommandError(str(error)) from None
        requests = manifest.rows.get("dispatch_chargerequest", 0)
        self._say(f"restored as of {manifest.made_at}: {requests} requests; manage.py audit judges all of it")
        if old and options["drop_old"]:
            with server.talk() as line:
                line.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(old)))
        elif old:
            self._say(f"what was there before is kept as the database {old}")

    def _say(self, words: str) -> None:
        self.stdout.write(words)
