"""Keep the road engine of this machine up to date, where the demo's worker does not."""

from threading import Event
from typing import Any

from django.core.management.base import BaseCommand

from dispatch import clock
from dispatch.services.roads_now import keep_roads

LOOK_S = 1.0


class Command(BaseCommand):
    help = (
        "Bring closed and slow roads to the road engine of this machine, every second, until it is stopped."
    )

    def handle(self, **_: Any) -> None:
        while not Event().wait(LOOK_S):
            keep_roads(clock.now(), clock.wall())
