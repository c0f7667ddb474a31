"""A process of its own: brings the database up to date, then keeps the world's clock going.

One process for both, because loading the app twice would cost a second of every start.
`python -m dispatch.management.supervisor.keeper READY_FILE`
"""

import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import Error, close_old_connections

from dispatch import clock
from dispatch.city.seeds import find_seed

BEAT_S = 2.0


def main(ready: Path) -> None:
    """Prepare, say so, beat until told to stop."""
    told = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told.set())
    django.setup()
    _prepare()
    ready.touch()
    _beat_until(told)


def _prepare() -> None:
    call_command("migrate", interactive=False, verbosity=1)
    call_command("import_vehicles")
    if settings.DEMO:
        # The seed plants shifts from the world's now: the clock must go before.
        clock.start(settings.SPEED, clock.build_morning(_time_zone(), clock.wall()))
        call_command("seed_demo")
    call_command("load_places")


def _time_zone() -> str:
    """Where the demo's first eight o'clock is."""
    seed = find_seed(settings.VAR_DIR / "city" / settings.CITY, settings.CITY_REGION)
    return str(seed["area"]["time_zone"])


def _beat_until(told: threading.Event) -> None:
    while not told.wait(BEAT_S):
        _try("beat", clock.heartbeat)
    _try("stop", clock.stop)


def _try(what: str, act: Callable[[], None]) -> None:
    """A database that is being restarted costs a beat, not the clock: it stands still only after several."""
    try:
        close_old_connections()
        act()
    except Error as error:
        sys.stderr.write(f"the clock's {what} was lost: {error}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
