"""From a file to judged routes."""

import json
from dataclasses import replace

import pytest

from routing.__main__ import main
from routing.evrptw import Budget, read_file, solve
from routing.evrptw.budget import Progress
from routing.evrptw.checker import total_distance, violations
from routing.evrptw.ground import build_ground
from routing.evrptw.search import search
from routing.model.errors import InvalidProblem, NoPlan
from tests.routing.evrptw.towns import SCHNEIDER, SOLOMON, draw_town


@pytest.fixture
def town_file(tmp_path):
    path = tmp_path / "town.txt"
    path.write_text(SCHNEIDER)
    return path


def test_a_small_town_is_solved_with_proof(town_file):
    # One vehicle: 8 to C2, 12.81 to the station, 10.81 recharged (21.62 long), at C1 at 59.43 (due 60), to
    # the station with nothing left, and home: 8 + 12.81 + 10 + 10 + 10. Two vehicles would drive 40 + 16.
    found = solve(read_file(town_file), Budget(seconds=5))
    assert found.proven
    assert found.routes == (("C2", "S1", "C1", "S1"),)
    assert round(found.distance, 6) == 50.806248


def test_the_search_finds_what_the_proof_finds():
    for seed in (1, 2, 3):
        town = draw_town(seed, 9)
        best = solve(town, Budget(iterations=0))
        routes = search(build_ground(town), Progress(Budget(iterations=2000), 0.0), None, True)
        named = tuple(tuple(town.nodes[node].id for node in route) for route in routes)
        assert violations(town, named) == ()
        assert best.proven
        assert (len(named), round(total_distance(town, named), 6)) == (best.vehicles, round(best.distance, 6))


def test_the_same_seed_and_iterations_give_the_same_routes():
    town = draw_town(5, 25)
    first, again, other = (solve(town, Budget(iterations=600, seed=seed)) for seed in (4, 4, 5))
    assert first.routes == again.routes
    assert not first.proven
    assert violations(town, other.routes) == ()


def test_two_threads_share_what_they_find():
    town = draw_town(5, 25)
    found = solve(town, Budget(iterations=300, threads=2))
    assert violations(town, found.routes) == ()


def test_solomon_counts_distance_alone_within_the_fleet(tmp_path):
    path = tmp_path / "t.txt"
    path.write_text(SOLOMON)
    found = solve(read_file(path), Budget(seconds=1))
    assert (found.vehicles, round(found.distance, 6), found.proven) == (1, 6.6, True)


def test_where_distance_alone_counts_more_vehicles_may_drive_less():
    town = replace(draw_town(3, 9, stations=0, battery=0.0), truncated=True, fleet=9, capacity=200)
    best = solve(town, Budget(iterations=0))
    routes = search(build_ground(town), Progress(Budget(iterations=2000), 0.0), 9, False)
    named = tuple(tuple(town.nodes[node].id for node in route) for route in routes)
    assert best.proven
    assert round(total_distance(town, named), 6) == round(best.distance, 6)


def test_a_fleet_too_small_for_the_load_is_no_plan(tmp_path):
    path = tmp_path / "t.txt"
    path.write_text(SOLOMON.replace("  2         10", "  1         5"))
    with pytest.raises(NoPlan):
        solve(read_file(path), Budget(iterations=1))


def test_who_is_out_of_reach_is_named(town_file):
    town_file.write_text(SCHNEIDER.replace("20.0       0.0        4.0", "28.0       0.0        4.0"))
    with pytest.raises(InvalidProblem, match="C1: the nearest station is 18 away, a battery lasts for 30"):
        solve(read_file(town_file), Budget(iterations=1))
    town_file.write_text(SCHNEIDER.replace("0.0        60.0       5.0", "0.0        19.0       5.0"))
    with pytest.raises(InvalidProblem, match="C1: cannot be reached before its window ends"):
        solve(read_file(town_file), Budget(iterations=1))


def test_the_command_prints_one_object_and_the_same_bytes_again(town_file, capsys):
    said = []
    for _ in range(2):
        assert main(["evrptw", str(town_file), "--iterations", "50", "--json"]) == 0
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]
    answer = json.loads(said[0])
    assert (answer["vehicles"], answer["distance"], answer["feasible"], answer["proven"]) == (
        1,
        50.806248,
        True,
        True,
    )


def test_the_command_tells_routes_line_by_line(town_file, capsys):
    assert main(["evrptw", str(town_file), "--seconds", "1"]) == 0
    first, *routes = capsys.readouterr().out.splitlines()
    assert first.startswith("town: 1 vehicle, distance 50.81, feasible, proven optimal, ")
    assert routes == ["  C2 S1 C1 S1"]


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--threads", "0"], "threads: must be 1 to 64"),
        (["--seconds", "-1"], "seconds: must be 0"),
        (["--seconds", "nan"], "seconds: must be 0"),
        (["--iterations", "-5"], "iterations: must be 0"),
        (["--seed", "-1"], "seed: must be 0 or above"),
    ],
)
def test_a_budget_without_a_meaning_is_refused(town_file, capsys, options, complaint):
    assert main(["evrptw", str(town_file), *options]) == 2
    assert complaint in capsys.readouterr().err
