"""Erase a person at their wish: receipts stay, nobody's."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.callers import Caller
from accounts.models import Person
from dispatch import clock
from dispatch.errors import Conflict
from dispatch.services.keeping.erasing import erase_person


class Command(BaseCommand):
    help = "Erases a person; refused while something of theirs is under way."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--yes", action="store_true", help="there is no way back, and this is meant")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["yes"]:
            raise CommandError("There is no way back: say --yes.")
        person = Person.objects.of(Caller.system()).filter(email=options["email"].strip().lower()).first()
        if person is None:
            raise CommandError("There is nobody with this address.")
        try:
            done = erase_person(person.id, clock.now(), clock.wall())
        except Conflict as error:
            raise CommandError(f"{error.code}: {error.detail}") from None
        self.stdout.write("erased: " + ", ".join(f"{name} {count}" for name, count in done.items()))
