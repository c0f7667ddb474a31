"""Make the places of the built city findable."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from dispatch.city.meta import find_meta
from dispatch.services.place_search import load_places


class Command(BaseCommand):
    help = "Loads the places of the city for search; nothing happens when they are there already."

    def handle(self, *args: Any, **options: Any) -> None:
        city = Path(settings.VAR_DIR) / "city" / settings.CITY
        if find_meta(city) is None:
            self.stdout.write(f"{settings.CITY}: no built city, no places to search for")
            return
        self.stdout.write(f"{settings.CITY}: {load_places(city)} new places to search for")
