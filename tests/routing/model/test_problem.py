"""Problems read from JSON: short ones with defaults, whole ones there and back, bad ones with the path."""

import json
from copy import deepcopy
from typing import Any

import pytest

from routing.model.errors import InvalidProblem
from routing.model.plan import Plan
from routing.model.problem import Problem, UnitState
from tests.routing.small_city import ask, city, pause, plug, van


def short() -> dict[str, Any]:
    """As much as one has to write by hand."""
    return {
        "places": [{"id": "depot"}, {"id": "mill"}],
        "travel": {"profiles": {"car": {"durations_s": [[0, 120], [120, 0]]}}},
        "units": [
            {
                "id": "van1",
                "pack": {"usable_wh": 60_000},
                "charger": {"power_w": 40_000},
                "state": {"place": "depot", "energy_wh": 50_000},
                "shifts": [{"id": "day", "start_s": 0, "end_s": 28_800}],
            }
        ],
        "plugs": [{"id": "plug", "place": "depot", "power_w": 22_000}],
        "requests": [{"id": "a", "place": "mill", "energy_wh": 10_000}],
    }


def test_a_short_problem_is_enough():
    problem = Problem.from_json(short())
    assert problem.units[0].state == UnitState(place="depot", at_s=0, energy_wh=50_000, plug=None)
    assert problem.travel.profiles["car"].distance_m(0, 1) == 1_200
    assert problem.requests[0].vehicle.connectors == ("ccs2", "type2")


def test_a_whole_problem_survives_json():
    problem = city(
        ask("a", "mill", access=((0, 60),), kinds=("van",)), units=(van(breaks=(pause(),)),), plugs=(plug(),)
    )
    assert Problem.from_json(json.loads(json.dumps(problem.to_json()))) == problem


BAD: dict[str, tuple[list[Any], Any, str]] = {
    "energy as text": (["requests", 0, "energy_wh"], "much", "must be a whole number, is a text"),
    "half a watt-hour": (["requests", 0, "energy_wh"], 0.5, "must be a whole number, is 0.5"),
    "no energy": (["requests", 0, "energy_wh"], 0, "must be at least 1, is 0"),
    "true as a number": (["requests", 0, "earliest_s"], True, "must be a whole number, is true or false"),
    "soc above one": (["requests", 0, "vehicle"], {"soc": 1.2}, "must be at most 1, is 1.2"),
    "soc not a number": (["requests", 0, "vehicle"], {"soc": float("nan")}, "must be a finite number"),
    "unknown place": (["requests", 0, "place"], "ghost", "unknown place 'ghost'"),
    "window ends before it starts": (["requests", 0, "latest_s"], -1, "is -1, before earliest_s 0"),
    "unknown connector": (["requests", 0, "vehicle"], {"connectors": ["usb"]}, "unknown connector 'usb'"),
    "unknown priority": (["requests", 0, "priority"], 7, "must be one of 0, 1, 2, is 7"),
    "locked to nobody": (["requests", 0, "unit"], "ghost", "unknown unit 'ghost'"),
    "opening that closes first": (
        ["requests", 0, "access"],
        [[60, 60]],
        "ends at 60, not after its start 60",
    ),
    "reserve above the pack": (["units", 0, "pack", "reserve_wh"], 70_000, "must not exceed usable_wh 60000"),
    "more than full": (["units", 0, "state", "energy_wh"], 70_000, "must not exceed pack.usable_wh 60000"),
    "unit somewhere": (["units", 0, "state", "place"], "ghost", "unknown place 'ghost'"),
    "unit at no plug": (["units", 0, "state", "plug"], "ghost", "unknown plug 'ghost'"),
    "shift ends before it starts": (
        ["units", 0, "shifts", 0, "end_s"],
        0,
        "ends at 0, not after its start 0",
    ),
    "shift ends nowhere": (["units", 0, "shifts", 0, "end_place"], "ghost", "unknown place 'ghost'"),
    "profile nobody knows": (["units", 0, "profile"], "boat", "travel has no profile 'boat'"),
    "robot without a site": (["units", 0, "mobility"], "on_site", "an on_site unit needs its site"),
    "curve that falls back": (["units", 0, "pack", "curve"], [[0.5, 1], [0.5, 2]], "must rise"),
    "two of a name": (["places", 1, "id"], "depot", "'depot' is there twice"),
    "no name": (["plugs", 0, "id"], "", "must not be empty"),
    "plug use that overlaps": (["plugs", 0, "busy"], [[0, 9], [5, 12]], "must start after the one before"),
    "negative time": (
        ["travel", "profiles", "car", "durations_s", 0, 1],
        -5,
        "must be at least 0 or null, is -5",
    ),
    "slices out of order": (
        ["travel", "profiles", "car", "slices"],
        [{"from_s": 60, "durations_s": [[0, 1], [1, 0]]}, {"from_s": 60, "durations_s": [[0, 2], [2, 0]]}],
        "must lie after the one before it",
    ),
    "slice with a hole of its own": (
        ["travel", "profiles", "car", "slices"],
        [{"from_s": 60, "durations_s": [[0, None], [1, 0]]}],
        "must have a way where durations_s has one",
    ),
    "slice of another size": (
        ["travel", "profiles", "car", "slices"],
        [{"from_s": 60, "durations_s": [[0]]}],
        "must be as large as durations_s",
    ),
    "plug on no grid": (["plugs", 0, "grid"], "ghost", "unknown grid 'ghost'"),
    "grid that steps back": (
        ["grids"],
        [{"id": "g", "power_w": 9, "steps": [[60, 5], [0, 9]]}],
        "must begin after the one before it",
    ),
    "grid that takes": (["grids"], [{"id": "g", "power_w": 9, "steps": [[60, -5]]}], "must be at least 0"),
    "overtime below nothing": (["units", 0, "shifts", 0, "overtime_s"], -1, "must be at least 0"),
    "driving on nothing": (["units", 0, "consumption_pct"], 0, "must be at least 1"),
    "matrix with a short row": (
        ["travel", "profiles", "car", "durations_s", 1],
        [0],
        "has 1 entries instead of 2",
    ),
    "matrix too small": (["travel", "profiles", "car", "durations_s"], [[0]], "has 1 rows for 2 places"),
    "local time": (["start_utc"], "2026-06-01T08:00:00+02:00", "must be an instant such as"),
    "no time at all": (["start_utc"], "soon", "must be an instant such as"),
    "another version": (["schema_version"], 2, "must be one of 1, is 2"),
    "a field nobody knows": (["units", 0, "colour"], "red", "unknown field"),
    "list instead of object": (["units", 0], [], "must be an object, is a list"),
    "object instead of list": (["units"], {}, "must be a list, is an object"),
    "null where a number belongs": (
        ["units", 0, "pack", "usable_wh"],
        None,
        "must be a whole number, is null",
    ),
}
ELSEWHERE = {
    "soc above one": "requests[0].vehicle.soc",
    "soc not a number": "requests[0].vehicle.soc",
    "unknown connector": "requests[0].vehicle.connectors[0]",
    "opening that closes first": "requests[0].access[0]",
    "robot without a site": "units[0].site",
    "curve that falls back": "units[0].pack.curve[1]",
    "plug use that overlaps": "plugs[0].busy[1]",
    "slices out of order": "travel.profiles.car.slices[1].from_s",
    "slice with a hole of its own": "travel.profiles.car.slices[0].durations_s[0]",
    "slice of another size": "travel.profiles.car.slices[0].durations_s",
    "grid that steps back": "grids[0].steps[1]",
    "grid that takes": "grids[0].steps[0]",
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_wrong_is_told_with_its_path(case):
    keys, value, message = BAD[case]
    data = deepcopy(short())
    spot: Any = data
    for key in keys[:-1]:
        spot = spot[key]
    spot[keys[-1]] = value
    with pytest.raises(InvalidProblem) as caught:
        Problem.from_json(data)
    path = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys).lstrip(".")
    if case == "profile nobody knows":
        assert caught.value.path == "units[0].profile"
    else:
        assert caught.value.path == ELSEWHERE.get(case, path)
    assert message in caught.value.message


@pytest.mark.parametrize("data", [None, 3, "plan", [], {}])
def test_what_is_no_problem_at_all_is_refused(data):
    with pytest.raises(InvalidProblem):
        Problem.from_json(data)
    with pytest.raises(InvalidProblem):
        Plan.from_json(data)


def test_a_missing_field_is_named():
    data = short()
    del data["units"][0]["charger"]["power_w"]
    with pytest.raises(InvalidProblem, match=r"^units\[0\]\.charger\.power_w: is missing$"):
        Problem.from_json(data)


def test_a_value_made_by_hand_is_checked_as_well():
    with pytest.raises(InvalidProblem, match=r"^energy_wh: must be at least 1"):
        ask("a", "mill", 0)
