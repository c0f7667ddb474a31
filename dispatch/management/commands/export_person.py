"""Write everything that is kept of a person, and theirs to read, into one file."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder

from accounts.callers import Caller
from accounts.models import Person
from dispatch import clock
from dispatch.services.keeping.exporting import hand_out


class Command(BaseCommand):
    help = "Writes all that is kept of a person into a JSON file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--to", required=True, help="the file; it must not be there yet")

    def handle(self, *args: Any, **options: Any) -> None:
        person = Person.objects.of(Caller.system()).filter(email=options["email"].strip().lower()).first()
        if person is None:
            raise CommandError("There is nobody with this address.")
        gathered = hand_out(person.id, actor=None, wall=clock.wall())
        written = json.dumps(gathered, cls=DjangoJSONEncoder, indent=2)
        path = Path(options["to"])
        try:
            path.touch(mode=0o600, exist_ok=False)
            path.write_text(written)
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from None
        self.stdout.write(f"{path}: {len(written)} characters")
