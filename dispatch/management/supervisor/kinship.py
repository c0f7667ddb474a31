"""Who dies with whom: the kernel's own means, so that not even `kill -9` leaves an orphan."""

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable

import psutil

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36


def die_with_parent(with_signal: signal.Signals) -> None:
    """Ask the kernel for this signal when the parent's thread ends (elsewhere than on Linux: nothing)."""
    _prctl(_PR_SET_PDEATHSIG, with_signal)


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent dies."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def tied_to_me() -> Callable[[], None]:
    """Give the first act of a child: die with this process, hear every signal, hold no old session."""
    me = os.getpid()

    def in_child() -> None:
        die_with_parent(signal.SIGKILL)
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        if os.getppid() != me:
            os._exit(1)

    return in_child


def kill_descendants(within_s: float = 10) -> None:
    """Kill all that came from this process and reap it, until nothing is left."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        for descendant in psutil.Process().children(recursive=True):
            _kill(descendant.pid)
        if not _reap():
            return
        time.sleep(0.02)


def kill_group(leader: int) -> None:
    """Kill what is left of the process group a dead child had led."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _reap() -> bool:
    """Collect the dead; say whether children are left."""
    try:
        while os.waitpid(-1, os.WNOHANG) != (0, 0):
            pass
    except ChildProcessError:
        return False
    return True


def _prctl(option: int, value: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)
