"""The solver as a process of its own: warm, replaceable, killed when it overruns.

Solving holds the interpreter lock for long and may hang or crash in native code; in a process it can
do all of that without harm. A spare warms up beside, so that a kill costs no start-up.
"""

import json
import queue
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import structlog
from structlog.contextvars import get_contextvars

from dispatch import tally
from routing.model.plan import Plan
from routing.model.problem import Problem

OVERRUN_S = 0.5
# A problem is read, judged and told again beside the time it is improved in: so much longer for each request.
HANDLING_S = 0.001
# The first start after an installation compiles; to kill it half-way would mean to begin again.
WARM_UP_S = 240.0
log = structlog.get_logger(__name__)
Frame = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Solved:
    """What came back: the best judged plan, and the problem with its travel times when it was told."""

    plan: Plan | None
    problem: Problem | None
    killed: bool = False


class _Process:
    """One engine process and the thread that reads its frames."""

    def __init__(self, pid_dir: Path | None) -> None:
        self._process = subprocess.Popen(  # our own interpreter and module
            [sys.executable, "-m", "routing", "serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._pid_file = None if pid_dir is None else pid_dir / f"solver-{self._process.pid}.pid"
        if self._pid_file is not None:
            self._pid_file.parent.mkdir(parents=True, exist_ok=True)
            self._pid_file.write_text(str(self._process.pid))
        self._frames: queue.SimpleQueue[Frame | None] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def send(self, frame: Frame) -> None:
        body = json.dumps(frame, separators=(",", ":")).encode()
        pipe = self._pipe(self._process.stdin)
        pipe.write(struct.pack(">I", len(body)) + body)
        pipe.flush()

    def receive(self, deadline: float) -> Iterator[Frame]:
        """Yield frames until the deadline (monotonic) or the process's end."""
        while (left := deadline - time.monotonic()) > 0:
            try:
                frame = self._frames.get(timeout=left)
            except queue.Empty:
                return
            if frame is None:
                return
            yield frame

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        with suppress(OSError):  # what was not yet sent to it cannot be flushed
            self._pipe(self._process.stdin).close()
        if self._pid_file is not None:
            self._pid_file.unlink(missing_ok=True)

    def _read(self) -> None:
        with self._pipe(self._process.stdout) as pipe:
            while len(head := pipe.read(4)) == 4:
                body = pipe.read(struct.unpack(">I", head)[0])
                with suppress(ValueError):  # killed in the middle of a frame
                    self._frames.put(json.loads(body))
        self._frames.put(None)

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        assert pipe is not None
        return pipe


class SolverServer:
    """Solve one problem at a time; any number of threads may ask."""

    def __init__(self, pid_dir: Path | None = None) -> None:
        self._pid_dir = pid_dir
        self._turn = threading.Lock()
        self._current: _Process | None = None
        self._spare: _Process | None = None
        self._number = 0

    def start(self) -> None:
        """Warm a process up, and a spare beside it."""
        with self._turn:
            self._warm()

    def solve(
        self, problem: Problem, plan: Plan | None, seconds: float, seed: int, others: int | None = None
    ) -> Solved:
        """Improve a plan for so long; at the deadline the best judged incumbent stands.

        `others`: at most so many units get other visits, besides those that cannot keep theirs.
        """
        with self._turn:
            return self._solve(problem, plan, seconds, seed, others)

    def close(self) -> None:
        """End the processes."""
        for process in (self._current, self._spare):
            if process is not None:
                process.kill()
        self._current = self._spare = None

    def _solve(
        self, problem: Problem, plan: Plan | None, seconds: float, seed: int, others: int | None
    ) -> Solved:
        server = self._warm()
        self._number += 1
        frame = {
            "op": "solve",
            "id": str(self._number),
            "problem": problem.to_json(),
            "plan": None if plan is None else plan.to_json(),
            "seconds": seconds,
            "seed": seed,
            "others": others,
            "context": {name: str(value) for name, value in get_contextvars().items()},
        }
        best: Frame = {}
        try:
            server.send(frame)
            allowed_s = seconds + find_overrun_s(problem)
            for answer in server.receive(time.monotonic() + allowed_s):
                if answer.get("id") != frame["id"]:
                    continue
                if answer["kind"] == "error":
                    log.warning("solver_refused", code=answer.get("code"), detail=answer.get("detail"))
                    tally.count("solves", "refused")
                    return Solved(None, None)
                best = answer
                if answer["kind"] == "done":
                    tally.count("solves", "done")
                    return _solved(best, killed=False)
        except (BrokenPipeError, OSError) as error:
            log.warning("solver_died", error=type(error).__name__)
            tally.count("solves", "died")
        else:
            tally.count("solves", "killed")
        self._replace()
        return _solved(best, killed=True)

    def _warm(self) -> _Process:
        # Either may have died while it waited; then a fresh one is started.
        if self._current is not None and not self._current.is_alive:
            self._replace()
        if self._current is None and self._spare is not None:
            self._current, self._spare = self._spare, None
            if not self._is_ready(self._current):
                self._replace()
        if self._current is None:
            self._current = _Process(self._pid_dir)
            if not self._is_ready(self._current):
                self._replace()
                raise RuntimeError("the solver did not start")
        if self._spare is None:
            self._spare = _Process(self._pid_dir)
        return self._current

    def _is_ready(self, process: _Process) -> bool:
        frames = process.receive(time.monotonic() + WARM_UP_S)
        return any(frame.get("kind") == "ready" for frame in frames) and process.is_alive

    def _replace(self) -> None:
        if self._current is not None:
            self._current.kill()
        self._current = None


def find_overrun_s(problem: Problem) -> float:
    """Say how much longer than it may improve a plan the solver may take for all the rest."""
    return OVERRUN_S + HANDLING_S * len(problem.requests)


def _solved(frame: Frame, *, killed: bool) -> Solved:
    plan, problem = frame.get("plan"), frame.get("problem")
    return Solved(
        None if plan is None else Plan.from_json(plan),
        None if problem is None else Problem.from_json(problem),
        killed,
    )
