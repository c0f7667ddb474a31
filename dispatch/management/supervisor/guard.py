"""The outer process: it only waits, so that whatever happens to the supervisor, somebody cleans up.

The supervisor runs as its child. Whatever loses its parent below becomes the guard's; when the
supervisor is gone, however it went, everything that is left is killed. If the guard itself is killed,
the kernel tells the supervisor, which then stops all in order.
"""

import os
import signal
import sys
import traceback
from collections.abc import Callable
from types import FrameType

from dispatch.management.supervisor.kinship import adopt_orphans, die_with_parent, kill_descendants
from dispatch.management.supervisor.say import say


def run_guarded(supervise: Callable[[], int], afterwards: Callable[[], None]) -> int:
    """Run the supervisor below a guard and return its exit code; `afterwards` runs if it was killed."""
    adopt_orphans()
    sys.stdout.flush()
    me = os.getpid()
    pid = os.fork()
    if pid == 0:
        _become_supervisor(supervise, me)
    _pass_on_signals(pid)
    code = _wait_for(pid)
    kill_descendants()
    if code < 0:
        afterwards()
        say(f"The supervisor was killed (signal {-code}); all it had started is stopped.")
    return 128 - code if code < 0 else code


def _become_supervisor(supervise: Callable[[], int], guard: int) -> None:
    code = 1
    try:
        # Its own group: Ctrl-C reaches the guard alone, which passes it on once.
        os.setpgid(0, 0)
        die_with_parent(signal.SIGTERM)
        if os.getppid() == guard:
            code = supervise()
    except Exception:  # noqa: BLE001  (a forked process must not return into its parent's code)
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(code)


def _pass_on_signals(pid: int) -> None:
    def pass_on(number: int, frame: FrameType | None) -> None:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, pass_on)


def _wait_for(pid: int) -> int:
    """Wait for this child; others that end meanwhile were orphans and only need to be reaped."""
    while True:
        ended, status = os.waitpid(-1, 0)
        if ended == pid:
            return os.waitstatus_to_exitcode(status)
