"""A web process that dies by kill -9 between the effect of a frame and its answer, once.

The frame is named by DIES_AT, part of its answer's text being enough; the file DIED says that it was done.
"""

import os
import signal
from pathlib import Path

from config.asgi import application
from dispatch.ocpp.consumer import ChargerConsumer

__all__ = ["application"]
_say = ChargerConsumer._say


async def _say_or_die(self: ChargerConsumer, text: str) -> None:
    died = Path(os.environ["DIED"])
    if os.environ["DIES_AT"] in text and not died.exists():
        died.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    await _say(self, text)


ChargerConsumer._say = _say_or_die  # type: ignore[method-assign]  # what it is there for
