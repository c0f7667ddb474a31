"""The solver as a process: it answers, it may die, it may hang; the next call finds one alive."""

import os
import signal
from dataclasses import replace

import pytest

from dispatch.routing_bridge.solver_server import SolverServer, find_overrun_s
from dispatch.routing_bridge.standing import stand
from routing.model.request import Request


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = SolverServer(tmp_path_factory.mktemp("run"))
    server.start()
    yield server
    server.close()


def solve(server, world, seconds=0.2):
    standing = stand(world.area.id, world.now)
    return server.solve(standing.problem, standing.plan, seconds, seed=1)


def pids(server):
    return [int(path.stem.partition("-")[2]) for path in server._pid_dir.glob("solver-*.pid")]


def test_a_plan_comes_back(server, world):
    world.accept("Alice")
    solved = solve(server, world)
    assert solved.plan is not None
    assert not solved.killed


def test_after_a_kill_of_both_a_fresh_one_answers(server, world):
    world.accept("Alice")
    solve(server, world)
    for pid in pids(server):
        os.kill(pid, signal.SIGKILL)
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    assert solve(server, world).plan is not None


def test_a_large_area_has_the_time_it_takes_to_read_and_judge_it(world):
    """Two hundred units with nine visits each took a second more than that, and every plan was lost."""
    small = stand(world.area.id, world.now).problem
    many = tuple(Request(id=str(number), place=small.places[0].id, energy_wh=1) for number in range(1_800))
    assert find_overrun_s(replace(small, requests=many)) >= find_overrun_s(small) + 1.5


def test_one_that_hangs_is_killed_at_the_deadline(server, world):
    """It is stopped in its tracks: whatever it found before stands, and another takes its place."""
    world.accept("Alice")
    solve(server, world)
    for pid in pids(server):
        os.kill(pid, signal.SIGSTOP)
    solved = solve(server, world)
    assert solved.killed
    for pid in pids(server):
        os.kill(pid, signal.SIGCONT)
    assert solve(server, world).plan is not None
