"""The solver server, talked to as its parent does: frames over its pipes."""

import json
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from time import monotonic
from typing import Any

import pytest

from routing.evaluation import violations
from routing.model.plan import Plan
from routing.model.problem import Problem, Travel
from tests.routing.small_city import ask, city, van


class Parent:
    def __init__(self) -> None:
        self.child = subprocess.Popen(
            [sys.executable, "-m", "routing", "serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.greeting = self.receive()

    def send_bytes(self, body: bytes) -> None:
        self.child.stdin.write(struct.pack(">I", len(body)) + body)
        self.child.stdin.flush()

    def send(self, **frame: Any) -> None:
        self.send_bytes(json.dumps(frame).encode())

    def receive(self) -> dict[str, Any]:
        (length,) = struct.unpack(">I", self.child.stdout.read(4))
        return json.loads(self.child.stdout.read(length))

    def receive_until(self, *kinds: str) -> list[dict[str, Any]]:
        frames = [self.receive()]
        while frames[-1]["kind"] not in kinds:
            frames.append(self.receive())
        return frames

    def close(self) -> int:
        self.child.stdin.close()
        code = self.child.wait(timeout=10)
        self.child.stdout.close()
        return code


@pytest.fixture(scope="module")
def parent() -> Iterator[Parent]:
    parent = Parent()
    yield parent
    if parent.child.poll() is None:
        assert parent.close() == 0


def small() -> Problem:
    wishes = (ask("a", "mill"), ask("b", "port"), ask("c", "quay"), ask("d", "park", 30))
    return city(*wishes, units=(van(), van("van2", place="port")))


def test_it_says_when_it_is_ready(parent):
    assert parent.greeting == {"kind": "ready"}


def test_a_solve_streams_incumbents_and_ends_with_the_best(parent):
    parent.send(op="solve", id="one", problem=small().to_json(), plan=None, iterations=20, seed=1)
    *incumbents, done = parent.receive_until("done", "error")
    assert {frame["kind"] for frame in incumbents} == {"incumbent"}
    assert {frame["id"] for frame in (*incumbents, done)} == {"one"}
    plan = Plan.from_json(done["plan"])
    assert violations(Problem.from_json(done["problem"]), plan) == ()
    assert plan.cost.total_milli <= incumbents[0]["plan"]["cost"]["total_milli"]


def test_a_solve_ends_in_time(parent):
    begun = monotonic()
    parent.send(op="solve", id="two", problem=small().to_json(), plan=None, seconds=0.5)
    done = parent.receive_until("done", "error")[-1]
    assert done["kind"] == "done"
    assert monotonic() - begun < 2.0


def test_a_ping_is_answered_during_a_solve(parent):
    parent.send(op="solve", id="three", problem=small().to_json(), plan=None, seconds=0.6)
    parent.send(op="ping")
    kinds = [frame["kind"] for frame in parent.receive_until("done")]
    assert "pong" in kinds


def test_missing_travel_is_asked_and_handed_back(parent):
    bare = replace(small(), travel=Travel(provider="great_circle"))
    parent.send(op="solve", id="four", problem=bare.to_json(), plan=None, iterations=2)
    done = parent.receive_until("done", "error")[-1]
    assert len(done["problem"]["travel"]["profiles"]["car"]["durations_s"]) == 5


def solve_frame(**changes: Any) -> bytes:
    return json.dumps({"op": "solve", "id": "x", "problem": {"places": []}, **changes}).encode()


@pytest.mark.parametrize(
    ("body", "code", "path"),
    [
        (b"{nope", "bad_frame", None),
        (b"\xff\xfe", "bad_frame", None),
        (b"", "bad_frame", None),
        (b"[]", "bad_frame", None),
        (b'{"op": "dance", "id": "x"}', "bad_frame", None),
        (b"[" * 100_000, "bad_frame", None),
        (b'{"op": "solve", "id": "x"}', "invalid_problem", "problem.places"),
        (solve_frame(problem={"places": [{"id": 3}]}), "invalid_problem", "problem.places[0].id"),
        (solve_frame(plan=3), "invalid_problem", "plan"),
        (solve_frame(seconds=-1), "invalid_problem", "seconds"),
        (solve_frame(iterations="many"), "invalid_problem", "iterations"),
        (solve_frame(others=-2), "invalid_problem", "others"),
        (solve_frame(seed=0.5), "invalid_problem", "seed"),
    ],
)
def test_a_bad_frame_is_answered_and_the_server_lives_on(parent, body, code, path):
    parent.send_bytes(body)
    answer = parent.receive()
    assert (answer["kind"], answer["code"], answer.get("path")) == ("error", code, path)
    parent.send(op="ping")
    assert parent.receive() == {"kind": "pong"}


def test_no_road_data_is_an_error_of_its_own(parent):
    lost = replace(small(), travel=Travel(provider="osrm", dataset="voltrun-no-such-data"))
    parent.send(op="solve", id="five", problem=lost.to_json(), plan=None, iterations=1)
    assert parent.receive()["code"] == "travel_unavailable"


def test_it_is_gone_when_its_parent_is_even_during_a_solve():
    lonely = Parent()
    lonely.send(op="solve", id="six", problem=small().to_json(), plan=None, seconds=60)
    lonely.receive_until("incumbent")
    begun = monotonic()
    assert lonely.close() == 0
    assert monotonic() - begun < 3
