"""The frozen benchmark is frozen, and a meaningful problem."""

import json
from hashlib import sha256

import pytest

from routing.evaluation import violations
from routing.evaluation.facts import draw_wh
from routing.reoptimise import rebase
from routing.simulation.benchmarks import SETS, benchmark_hash, build_benchmark, load_noise

HASH = "b03d0366e185"
PROBLEMS = {"small": "1ee7f40f1d3c", "std": "2b1a2ddb8cbe"}


def digest(name, seed) -> str:
    """What makes a problem: who asks what, where; which units start where with how much; the ways."""
    problem = build_benchmark(name, seed).problem
    asked = [(r.id, r.place, r.energy_wh, r.earliest_s, r.latest_s, r.value_milli) for r in problem.requests]
    fleet = [(u.id, u.state.place, u.state.energy_wh, u.shifts[0].start_s) for u in problem.units]
    ways = [(profile.durations_s, profile.distances_m) for profile in problem.travel.profiles.values()]
    return sha256(json.dumps([asked, fleet, ways]).encode()).hexdigest()[:12]


def test_the_benchmark_is_the_published_one():
    assert benchmark_hash() == HASH


@pytest.mark.parametrize("name", ["small", "std"])
def test_a_seed_gives_the_published_problem(name):
    assert digest(name, 1) == PROBLEMS[name]


@pytest.mark.parametrize(("name", "units", "requests"), [("std", 50, 300), ("big", 150, 1_000)])
def test_a_set_has_its_size_and_binds(name, units, requests):
    problem = build_benchmark(name, 2).problem
    assert (len(problem.units), len(problem.requests)) == (units, requests)
    held_wh = sum(unit.state.energy_wh - unit.pack.reserve_wh for unit in problem.units)
    asked_wh = sum(draw_wh(problem.units[0], request.energy_wh) for request in problem.requests)
    assert asked_wh > 2 * held_wh
    assert {unit.traction for unit in problem.units} == {"shared", "separate"}
    assert len({unit.kind for unit in problem.units}) == 4
    assert {request.priority for request in problem.requests} == {0, 1, 2}


def test_other_seeds_are_other_days():
    assert len({digest("small", seed) for seed in range(5)}) == 5


@pytest.mark.parametrize("seed", range(1, 6))
def test_a_small_one_has_at_most_twelve_requests_and_a_plan(seed):
    problem = build_benchmark("small", seed).problem
    assert 8 <= len(problem.requests) <= 12
    assert violations(problem, rebase(problem, None)) == ()


def test_about_six_in_ten_are_known_less_than_an_hour_ahead():
    day = build_benchmark("std", 3)
    known = [request.earliest_s - day.known_s[request.id] for request in day.problem.requests]
    assert all(ahead_s >= 0 for ahead_s in known)
    assert sum(ahead_s < 3_600 for ahead_s in known) / len(known) == pytest.approx(0.6, abs=0.08)


def test_noise_is_about_as_planned_in_the_middle():
    noise = load_noise()
    for name in ("travel_factor", "handling_factor", "charging_factor", "drive_energy_factor"):
        assert noise[name] == sorted(noise[name])
        assert noise[name][9] == pytest.approx(1.0, abs=0.05)


def test_every_set_is_named():
    assert SETS == ("small", "std", "big")
