"""One supervisor a `var/` folder: a lock the kernel lets go of however its holder ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dispatch.management.supervisor.errors import CannotStart


@contextmanager
def hold(path: Path) -> Iterator[None]:
    """Hold the lock; the file says who does."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotStart(f"Voltrun runs in this clone already (process {_holder(path)}).") from None
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield
        file.truncate(0)


def is_held(path: Path) -> bool:
    """Say whether somebody holds the lock at this moment."""
    try:
        with path.open() as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def _holder(path: Path) -> str:
    return path.read_text().strip() or "unknown"
