"""`manage.py up`: the whole house in one command."""

import signal
from typing import Any

from django.core.management.base import BaseCommand

from dispatch.management.supervisor.errors import CannotStart
from dispatch.management.supervisor.ground import find_ground
from dispatch.management.supervisor.guard import run_guarded
from dispatch.management.supervisor.house import build_house
from dispatch.management.supervisor.kinship import die_with_parent
from dispatch.management.supervisor.lock import hold
from dispatch.management.supervisor.ports import require_free
from dispatch.management.supervisor.say import complain
from dispatch.management.supervisor.surroundings import read_surroundings


class Command(BaseCommand):
    """Starts database, Valkey, roads, web, planner and world; keeps them; stops them on Ctrl-C."""

    help = "Start the whole house and keep it running; Ctrl-C stops it."
    # The database is not there yet when this command begins.
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Hold the lock and run the supervisor below its guard."""
        try:
            surroundings = read_surroundings()
            if surroundings.die_with_caller:
                die_with_parent(signal.SIGTERM)
            with hold(surroundings.var / "run" / "up.lock"):
                require_free(surroundings.port)
                ground = find_ground(surroundings)
                code = run_guarded(lambda: build_house(ground).run(), ground.leave)
        except CannotStart as error:
            complain(str(error))
            raise SystemExit(1) from None
        if code:
            raise SystemExit(code)
