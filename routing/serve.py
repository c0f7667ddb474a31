"""A solver that waits for work: frames in, frames out, gone when its parent is.

A frame is four bytes of length (big-endian) and that much JSON in UTF-8. One thread reads, so that a ping is
answered during a solve and the end of input ends one; solving happens in the main thread.
"""

import json
import os
import struct
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from queue import SimpleQueue
from threading import Lock, Thread
from time import monotonic
from typing import Any, BinaryIO

from routing.evaluation.ways import with_travel
from routing.model.errors import InvalidProblem, NoPlan, TravelUnavailable
from routing.model.plan import Plan
from routing.model.problem import Problem
from routing.reoptimise import Budget, reoptimise
from routing.travel import TravelCache
from routing.warm import warm_up

MOST_BYTES = 256 * 1024 * 1024
DEFAULT_SECONDS = 5.0

type Frame = dict[str, Any]


class Pipe:
    """Frames over two byte streams; writing is safe from several threads."""

    def __init__(self, source: BinaryIO, sink: BinaryIO) -> None:
        self._source, self._sink = source, sink
        self._writing = Lock()

    def write(self, frame: Mapping[str, Any]) -> None:
        """Send one frame."""
        body = json.dumps(frame, separators=(",", ":")).encode()
        with self._writing:
            self._sink.write(struct.pack(">I", len(body)) + body)
            self._sink.flush()

    def read(self) -> bytes | None:
        """Return the body of the next frame; None at the end of input.

        A frame that is too long is skipped and comes back empty.
        """
        head = self._read_exactly(4)
        if head is None:
            return None
        length: int = struct.unpack(">I", head)[0]
        if length <= MOST_BYTES:
            return self._read_exactly(length)
        while length > 0:
            part = self._source.read(min(length, 1 << 20))
            if not part:
                return None
            length -= len(part)
        return b""

    def _read_exactly(self, length: int) -> bytes | None:
        body = b""
        while len(body) < length:
            part = self._source.read(length - len(body))
            if not part:
                return None
            body += part
        return body


@dataclass(slots=True)
class _Job:
    """What a solve frame asks for."""

    id: str
    problem: Problem
    plan: Plan | None
    budget: Budget
    context: Mapping[str, str]


class Server:
    """Answers frames until the input ends; then it is gone at once: nobody waits for a solve under way."""

    def __init__(self, pipe: Pipe, on_end: Callable[[], None]) -> None:
        self._pipe, self._on_end = pipe, on_end
        self._jobs: SimpleQueue[Frame] = SimpleQueue()
        self._roads = TravelCache()

    def run(self) -> None:
        """Warm up, say so, and work until the input ends."""
        warm_up()
        self._pipe.write({"kind": "ready"})
        Thread(target=self._listen, name="frames", daemon=True).start()
        while True:
            self._solve(self._jobs.get())

    def _listen(self) -> None:
        while (body := self._pipe.read()) is not None:
            self._take(body)
        self._on_end()

    def _take(self, body: bytes) -> None:
        """Answer what needs no solving; queue what does."""
        try:
            frame = json.loads(body)
        except (ValueError, RecursionError):
            self._complain(None, "bad_frame", "not a JSON document in UTF-8")
            return
        operation = frame.get("op") if isinstance(frame, dict) else None
        if operation == "ping":
            self._pipe.write({"kind": "pong"})
        elif operation == "solve":
            self._jobs.put(frame)
        else:
            name = frame.get("id") if isinstance(frame, dict) else None
            self._complain(name, "bad_frame", "op must be solve or ping")

    def _complain(self, name: object, code: str, detail: str, path: str | None = None) -> None:
        frame = {"id": name, "kind": "error", "code": code, "detail": detail}
        self._pipe.write(frame if path is None else {**frame, "path": path})

    def _solve(self, frame: Frame) -> None:
        """Solve, and answer whatever happens: the next frame must find us alive."""
        begun = monotonic()
        name = frame.get("id")
        try:
            job = read_job(frame)
            self._work(job, begun)
        except InvalidProblem as error:
            self._complain(name, "invalid_problem", error.message, error.path)
        except TravelUnavailable as error:
            self._complain(name, "travel_unavailable", str(error))
        except NoPlan as error:
            self._complain(name, "no_plan", str(error))
        except Exception as error:  # noqa: BLE001 - a fault in one job must not end the server
            self._complain(name, "internal", f"{type(error).__name__}: {error}")

    def _work(self, job: _Job, begun: float) -> None:
        problem = with_travel(job.problem, self._roads)
        budget = job.budget
        if budget.seconds is not None:
            spent = monotonic() - begun
            budget = replace(budget, seconds=max(0.0, budget.seconds - spent))
        plan = reoptimise(problem, job.plan, budget, self._telling(job.id))
        seconds = round(monotonic() - begun, 3)
        _log(job, "solved", seconds=seconds, requests=len(problem.requests), unserved=len(plan.unserved))
        done = {"plan": plan.to_json(), "problem": problem.to_json(), "seconds": seconds}
        self._pipe.write({"id": job.id, "kind": "done", **done})

    def _telling(self, name: str) -> Callable[[Plan], None]:
        def tell(plan: Plan) -> None:
            self._pipe.write({"id": name, "kind": "incumbent", "plan": plan.to_json()})

        return tell


def read_job(frame: Frame) -> _Job:
    """Read a solve frame.

    Raises
    ------
    InvalidProblem
        When problem, plan or budget cannot be read; the path begins with the field of the frame.
    """
    try:
        problem = Problem.from_json(frame.get("problem") or {})
    except InvalidProblem as error:
        raise error.within("problem") from None
    given = frame.get("plan")
    try:
        plan = None if given is None else Plan.from_json(given)
    except InvalidProblem as error:
        raise error.within("plan") from None
    return _Job(str(frame.get("id")), problem, plan, _read_budget(frame, problem), _read_context(frame))


def _read_context(frame: Frame) -> dict[str, str]:
    """Read what the caller's own log lines carry, so that ours can be laid beside them."""
    given = frame.get("context")
    if not isinstance(given, dict):
        return {}
    return {str(name): str(value) for name, value in given.items()}


def _log(job: _Job, event: str, **facts: object) -> None:
    """Write one line of JSON to standard error, with the caller's context."""
    line = {**job.context, **facts, "solve": job.id, "event": event, "level": "info", "logger": __name__}
    sys.stderr.write(json.dumps({**line, "timestamp": datetime.now(UTC).isoformat()}) + "\n")
    sys.stderr.flush()


def _read_budget(frame: Frame, problem: Problem) -> Budget:
    seed = frame.get("seed")
    if seed is not None and type(seed) is not int:
        raise InvalidProblem("seed", "must be a whole number")
    seed = problem.seed if seed is None else seed
    others = _read_count(frame, "others")
    iterations, seconds = _read_count(frame, "iterations"), frame.get("seconds")
    if iterations is not None:
        return Budget(iterations=iterations, seed=seed, others=others)
    seconds = DEFAULT_SECONDS if seconds is None else seconds
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 <= seconds < 1e6:
        raise InvalidProblem("seconds", "must be a number, at least 0")
    return Budget(seconds=float(seconds), seed=seed, others=others)


def _read_count(frame: Frame, name: str) -> int | None:
    count = frame.get(name)
    if count is not None and (type(count) is not int or count < 0):
        raise InvalidProblem(name, "must be a whole number, at least 0")
    return count


def main() -> None:
    """Serve over standard input and output; whatever else prints goes to standard error."""
    sink = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    Server(Pipe(sys.stdin.buffer, sink), on_end=lambda: os._exit(0)).run()


if __name__ == "__main__":
    main()
