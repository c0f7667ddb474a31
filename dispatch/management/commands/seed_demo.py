"""Plant the demo: city, company, people, fleet, and the file the simulated world reads."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from dispatch import clock
from dispatch.city.errors import CityError
from dispatch.city.seeds import find_seed
from dispatch.services.catalogue import BUILT_IN, load_catalogue, read_catalogue
from dispatch.services.commissioning import commission_chargers
from dispatch.services.replans import want_replan
from dispatch.services.roster import extend_shifts
from dispatch.services.seeding import OtherCity, Seed, seed_demo
from dispatch.services.world_file import write_world


class Command(BaseCommand):
    help = "Plants the demo's seed once; running it again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=Path, help="default: the city's own, else one made for it")

    def handle(self, *args: Any, seed: Path | None, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo is only planted with DEMO=1.")
        planted = self._read(seed)
        load_catalogue(read_catalogue(BUILT_IN))
        try:
            area = seed_demo(planted, clock.now())
        except OtherCity as error:
            raise CommandError(str(error)) from error
        commission_chargers(area)
        extend_shifts(area, clock.now(), clock.wall())
        want_replan(area.id, "started", clock.wall())
        write_world(settings.WORLD_FILE, planted, area, clock.wall())
        self.stdout.write(f"{area.name}: {area.units.count()} units")

    def _read(self, path: Path | None) -> Seed:
        try:
            if path is None:
                return find_seed(Path(settings.VAR_DIR) / "city" / settings.CITY, settings.CITY_REGION)
            seed: Seed = json.loads(path.read_text(encoding="utf-8"))
        except CityError as error:
            raise CommandError(str(error)) from error
        except (OSError, ValueError) as error:
            raise CommandError(f"The seed {path} cannot be read: {error}.") from error
        return seed
