"""A supervisor with two small children: `python -m tests.supervisor.small_house FOLDER`.

One child has a grandchild in a session of its own, as PostgreSQL's are; a process group alone would lose it.
"""

import os
import sys
from pathlib import Path

from dispatch.management.supervisor.bell import Bell
from dispatch.management.supervisor.child import Folders
from dispatch.management.supervisor.guard import run_guarded
from dispatch.management.supervisor.lock import hold
from dispatch.management.supervisor.program import Program
from dispatch.management.supervisor.say import say
from dispatch.management.supervisor.stopping import stop_in_order
from dispatch.management.supervisor.watch import Watch, keep

SLEEPER = "import time; time.sleep(600)"
# It refuses the polite signal and leaves a grandchild in another session.
STUBBORN = f"""
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
subprocess.Popen([sys.executable, "-c", {SLEEPER!r}], start_new_session=True)
time.sleep(600)
"""


def main(folder: Path) -> int:
    """Hold the lock, keep both children, stop when told."""
    with hold(folder / "run" / "up.lock"):
        return run_guarded(lambda: supervise(folder), lambda: say("afterwards"))


def supervise(folder: Path) -> int:
    """Do what the real supervisor does, with less to look after."""
    folders = Folders(folder / "log", folder / "run")
    folders.make()
    bell, watch = Bell(), Watch(folders, say)
    for name, code in (("world", SLEEPER), ("worker", STUBBORN)):
        environment = {**os.environ, "SMALL_HOUSE": str(folder)}
        watch.begin(Program(name, (sys.executable, "-c", code), environment, stop_within_s=0.5), 0.0)
    say("standing")
    keep(watch, bell)
    stop_in_order(watch.children, bell)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
