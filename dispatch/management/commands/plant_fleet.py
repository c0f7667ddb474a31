"""Plant a company of one's own: area, prices, depots and fleet from a file, and its first owner."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from dispatch import clock
from dispatch.services.catalogue import BUILT_IN, load_catalogue, read_catalogue
from dispatch.services.commissioning import commission_chargers
from dispatch.services.replans import want_replan
from dispatch.services.roster import extend_shifts
from dispatch.services.seeding import OtherCity, plant_company


class Command(BaseCommand):
    help = (
        "Plants a company and its fleet from a file like dispatch/city/data/monaco.seed.json, not its people."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--owner", required=True, help="whose address of mail owns the company")

    def handle(self, *args: Any, file: Path, owner: str, **options: Any) -> None:
        try:
            seed = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise CommandError(f"The file {file} cannot be read: {error}.") from error
        load_catalogue(read_catalogue(BUILT_IN))
        try:
            area = plant_company(seed, owner, clock.now())
        except OtherCity as error:
            raise CommandError(str(error)) from error
        except KeyError as error:
            raise CommandError(f"The file {file} lacks {error}.") from error
        commission_chargers(area)
        extend_shifts(area, clock.now(), clock.wall())
        want_replan(area.id, "started", clock.wall())
        self.stdout.write(
            f"{area.name}: {area.units.count()} units; manage.py changepassword {owner} comes next"
        )
