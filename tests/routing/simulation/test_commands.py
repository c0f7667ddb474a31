"""`generate` and `simulate` from the command line."""

import json
from pathlib import Path

import pytest

from routing.__main__ import main
from routing.model.problem import Problem
from routing.simulation.benchmarks import benchmark_hash

MONACO = Path("dispatch/city/data/monaco.seed.json")


def run(capsys, *arguments: str) -> tuple[int, str, str]:
    code = main(list(arguments))
    told = capsys.readouterr()
    return code, told.out, told.err


def test_generate_prints_a_problem_that_can_be_read_and_says_which_benchmark_it_is(capsys):
    code, out, err = run(capsys, "generate", "--set", "small", "--seed", "4")
    assert code == 0
    assert Problem.from_json(json.loads(out)).seed == 4
    assert benchmark_hash() in err


def test_generate_tells_from_when_on_requests_are_known(capsys):
    _, out, _ = run(capsys, "generate", "--set", "small", "--known")
    _, whole, _ = run(capsys, "generate", "--set", "small")
    assert set(json.loads(out)) == {request["id"] for request in json.loads(whole)["requests"]}


def test_simulate_tells_a_day_in_numbers(capsys):
    day = ("simulate", "--set", "small", "--policy", "insertion", "--json")
    code, out, _ = run(capsys, *day)
    numbers = json.loads(out)
    assert code == 0
    assert numbers["benchmark"] == benchmark_hash()
    assert numbers["served"] <= numbers["accepted"] <= numbers["asked"]
    again = json.loads(run(capsys, *day)[1])
    for clock in ("seconds", "times_real"):
        numbers.pop(clock)
        again.pop(clock)
    assert numbers == again


def test_simulate_tells_people_too(capsys):
    size = ("--units", "3", "--requests", "6", "--hours", "2")
    code, out, _ = run(capsys, "simulate", *size, "--policy", "nearest", "--as-planned")
    assert code == 0
    assert "asked 6" in out


def test_simulate_plans_with_what_an_earlier_day_showed(capsys):
    code, out, _ = run(
        capsys, "simulate", "--set", "small", "--policy", "insertion", "--quantile", "0.8", "--json"
    )
    assert code == 0
    assert json.loads(out)["asked"] > 0


def test_simulate_takes_an_area(capsys):
    area = ("--area", str(MONACO), "--units", "4", "--requests", "6", "--hours", "2", "--policy", "nearest")
    code, out, _ = run(capsys, "simulate", *area, "--json")
    assert code == 0
    assert json.loads(out)["asked"] > 0


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--units", "0"), "--units: must lie in 1..10000, is 0"),
        (("--hours", "15"), "--hours: must lie in 1..14, is 15"),
        (("--requests", "-3"), "--requests: must lie in"),
        (("--days", "0"), "--days: must lie in"),
        (("--quantile", "1.5"), "--quantile: must lie in 0..1, is 1.5"),
        (("--area", "nowhere.json"), "nowhere.json: No such file"),
        (("--area", "Makefile"), "Makefile: is not JSON"),
        (("--area", "frontend/package.json"), "is no area's seed file"),
    ],
)
def test_what_cannot_be_used_is_said_in_a_sentence(capsys, arguments, complaint):
    code, out, err = run(capsys, "simulate", *arguments)
    assert (code, out) == (2, "")
    assert complaint in err
