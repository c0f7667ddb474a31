"""One running program: started, watched, stopped, started again."""

import os
import signal
import subprocess
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from dispatch.management.supervisor.backoff import Backoff
from dispatch.management.supervisor.kinship import kill_group, tied_to_me
from dispatch.management.supervisor.logs import last_line, rotate
from dispatch.management.supervisor.program import Program


@dataclass(frozen=True, slots=True)
class Folders:
    """Where children leave their words and their numbers."""

    logs: Path
    run: Path

    def make(self) -> None:
        """Make both folders."""
        self.logs.mkdir(parents=True, exist_ok=True)
        self.run.mkdir(parents=True, exist_ok=True)


@dataclass(slots=True)
class Child:
    """A program and its process, if it has one at the moment. Times are monotonic seconds, passed in."""

    program: Program
    folders: Folders
    backoff: Backoff = field(default_factory=Backoff)
    started_at: float = 0.0
    due_at: float | None = None
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False, repr=False)

    @property
    def log(self) -> Path:
        """The file with all it says."""
        return self.folders.logs / f"{self.program.name}.log"

    @property
    def is_running(self) -> bool:
        """Say whether there is a process."""
        return self._process is not None

    def begin(self, now: float) -> None:
        """Start for the first time, with a fresh log."""
        rotate(self.log)
        self.start(now)

    def start(self, now: float) -> None:
        """Start the process as leader of its own group, tied to this one's life."""
        self.program.tidy()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self.program.command,
                env=dict(self.program.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=tied_to_me(),
            )
        self.started_at, self.due_at = now, None
        self._note_pid(self._process.pid)

    def find_end(self, now: float) -> str | None:
        """Say how the process ended, if it has; the rest of its group goes with it."""
        process = self._process
        if process is None or not _has_ended(process.pid):
            return None
        # Before it is reaped its number cannot belong to anybody else.
        kill_group(process.pid)
        code = process.wait()
        self._process = None
        self._pid_file.unlink(missing_ok=True)
        self.backoff = self.backoff.after_death(now - self.started_at)
        self.due_at = now + self.backoff.delay_s
        return f"signal {-code}" if code < 0 else f"exit {code}"

    def ask_to_stop(self) -> None:
        """Send the polite signal."""
        self._send(self.program.stop_signal)

    def kill(self) -> None:
        """Send the signal nobody can refuse."""
        self._send(signal.SIGKILL)

    def last_words(self) -> str:
        """Return the last line it said."""
        return last_line(self.log)

    @property
    def _pid_file(self) -> Path:
        return self.folders.run / f"{self.program.name}.pid"

    def _note_pid(self, pid: int) -> None:
        # On a full disk the child matters more than the note about it.
        with suppress(OSError):
            self._pid_file.write_text(f"{pid}\n")

    def _send(self, number: signal.Signals) -> None:
        if self._process is not None:
            # Not Popen's way: it would reap a child that has just ended behind our back.
            os.kill(self._process.pid, number)


def _has_ended(pid: int) -> bool:
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
