"""The engine from a shell: answers, progress apart, exit codes, clear complaints."""

import json
from pathlib import Path

import pytest

from routing.__main__ import main
from routing.model.plan import Plan
from tests.routing.small_city import ask, city, van


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    problem = city(
        ask("a", "mill"), ask("b", "port"), units=(van(), van("van2", place="port", height_mm=2_600))
    )
    (tmp_path / "problem.json").write_text(json.dumps(problem.to_json()))
    (tmp_path / "wish.json").write_text(json.dumps({"id": "c", "place": "quay", "energy_wh": 5_000}))
    (tmp_path / "large.json").write_text(json.dumps({"id": "c", "place": "quay", "energy_wh": 400_000}))
    assert (
        main(
            ["solve", str(tmp_path / "problem.json"), "--iterations", "5", "-o", str(tmp_path / "plan.json")]
        )
        == 0
    )
    return tmp_path


def run(desk: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main([str(desk / word) if word.endswith(".json") else word for word in words])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_solve_prints_the_plan_alone_and_tells_progress_apart(desk, capsys):
    code, out, err = run(desk, capsys, "solve", "problem.json", "--iterations", "3", "--seed", "5", "--json")
    assert code == 0
    assert Plan.from_json(json.loads(out)).unserved == ()
    assert "2 served by" in err


def test_solve_goes_on_from_a_plan(desk, capsys):
    code, out, _ = run(desk, capsys, "solve", "problem.json", "--seconds", "0.2", "--start", "plan.json")
    assert code == 0
    assert (
        json.loads(out)["cost"]["total_milli"]
        <= json.loads((desk / "plan.json").read_text())["cost"]["total_milli"]
    )


def test_check_says_feasible(desk, capsys):
    assert run(desk, capsys, "check", "problem.json", "plan.json") == (0, "feasible\n", "")


def test_check_lists_what_is_broken(desk, capsys):
    plan = json.loads((desk / "plan.json").read_text())
    for route in plan["routes"]:
        route["stops"][-1]["pack_after_wh"] += 1
    (desk / "bad.json").write_text(json.dumps(plan))
    code, out, _ = run(desk, capsys, "check", "problem.json", "bad.json")
    assert code == 1
    assert "continuity broken by 1 wh" in out
    code, out, _ = run(desk, capsys, "check", "problem.json", "bad.json", "--json")
    assert json.loads(out)["violations"][0]["rule"] == "continuity"


def test_quote_ranks_offers(desk, capsys):
    code, out, _ = run(desk, capsys, "quote", "problem.json", "plan.json", "wish.json")
    assert code == 0
    assert out.startswith("asap ")
    code, out, _ = run(desk, capsys, "quote", "problem.json", "plan.json", "wish.json", "--json")
    assert json.loads(out)["offers"][0]["kind"] == "asap"


def test_quote_refuses_with_reasons(desk, capsys):
    code, out, _ = run(desk, capsys, "quote", "problem.json", "plan.json", "large.json")
    assert code == 1
    assert out.startswith("refused: energy_insufficient")
    assert "less_energy" not in out  # a quarter of 400 kWh is more than any pack, too


def test_explain_goes_unit_by_unit(desk, capsys):
    code, out, _ = run(desk, capsys, "explain", "problem.json", "plan.json", "large.json")
    assert code == 0
    assert out.splitlines()[0] == "c: not served"
    assert [line.split(":")[1].strip() for line in out.splitlines()[1:]] == ["van1", "van2"]
    code, out, _ = run(desk, capsys, "explain", "problem.json", "plan.json", "a", "--json")
    assert json.loads(out)["unit"] in ("van1", "van2")


def test_explain_names_who_else_could_come_and_for_how_much(desk, capsys):
    _, out, _ = run(desk, capsys, "explain", "problem.json", "plan.json", "a", "--json")
    told = json.loads(out)
    [other] = told["able"]
    assert {other["unit"], told["unit"]} == {"van1", "van2"}
    assert told["per_unit"] == []
    _, out, _ = run(desk, capsys, "explain", "problem.json", "plan.json", "a")
    assert out.splitlines()[1] == (
        f"  able: {other['unit']} at {other['arrive_s']} s, adds {other['marginal_milli'] / 1000:.2f}"
    )


def test_explain_names_the_least_that_would_help(desk, capsys):
    wish = {"id": "c", "place": "quay", "energy_wh": 20_000, "latest_s": 60}
    (desk / "soon.json").write_text(json.dumps(wish))
    code, out, _ = run(desk, capsys, "explain", "problem.json", "plan.json", "soon.json")
    assert code == 0
    assert out.splitlines()[-1] == "  later by 60 s: van2 at 120 s"
    _, out, _ = run(desk, capsys, "explain", "problem.json", "plan.json", "soon.json", "--json")
    assert json.loads(out)["relaxations"] == [{"kind": "later", "amount": 60}]


def test_explain_names_how_much_less_energy_would_help(desk, capsys):
    (desk / "much.json").write_text(json.dumps({"id": "c", "place": "quay", "energy_wh": 56_000}))
    _, out, _ = run(desk, capsys, "explain", "problem.json", "plan.json", "much.json")
    assert out.splitlines()[-1].startswith("  less energy by ")
    assert " Wh: van" in out.splitlines()[-1]


def test_schema_prints_a_schema(desk, capsys):
    code, out, _ = run(desk, capsys, "schema", "problem")
    assert code == 0
    assert json.loads(out)["title"] == "Problem"


BAD = {
    "not JSON": ("{", "is not JSON"),
    "not an object": ("3", "must be an object"),
    "a field that is wrong": ('{"places": [{"id": "a", "lat": 99}]}', "places[0].lat: must be at most 90"),
    "no travel times": (
        '{"places": [{"id": "a"}], "travel": {"provider": "osrm"}, "units": [{"id": "v", '
        '"pack": {"usable_wh": 1}, "charger": {"power_w": 1}, "state": {"place": "a", "energy_wh": 1}}]}',
        "no travel times inline",
    ),
    "deep nonsense": ("[" * 100_000, "is not JSON"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_one_clear_line(desk, capsys, case):
    text, complaint = BAD[case]
    (desk / "bad.json").write_text(text)
    code, out, err = run(desk, capsys, "solve", "bad.json", "--iterations", "1")
    assert (code, out) == (2, "")
    assert complaint in err
    assert err.count("\n") == 1


def test_a_file_that_is_not_there_is_one_clear_line(desk, capsys):
    code, _, err = run(desk, capsys, "check", "gone.json", "plan.json")
    assert code == 2
    assert "gone.json" in err
    assert "No such file" in err


def test_a_place_to_write_that_is_not_there_is_one_clear_line(desk, capsys):
    code, _, err = run(desk, capsys, "solve", "problem.json", "--iterations", "1", "-o", "nowhere/plan.json")
    assert code == 2
    assert "No such file" in err.splitlines()[-1]
