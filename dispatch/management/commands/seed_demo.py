"""Plant the demo: city, company, people, fleet, and the file the simulated world reads."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from dispatch import clock
from dispatch.services.replans import want_replan
from dispatch.services.roster import extend_shifts
from dispatch.services.seeding import read_seed, seed_demo
from dispatch.services.world_file import write_world

SEED = Path(__file__).resolve().parents[2] / "city" / "data"


class Command(BaseCommand):
    help = "Plants the demo's seed once; running it again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=Path, default=SEED / f"{settings.CITY}.seed.json")

    def handle(self, *args: Any, seed: Path, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo is only planted with DEMO=1.")
        if not seed.exists():
            raise CommandError(f"There is no seed for this city: {seed.name} is missing.")
        planted = read_seed(seed)
        area = seed_demo(planted, clock.now())
        extend_shifts(area, clock.now(), clock.wall())
        want_replan(area.id, "started", clock.wall())
        write_world(settings.VAR_DIR / "world.json", planted, area, clock.wall())
        self.stdout.write(f"{area.name}: {area.units.count()} units")
