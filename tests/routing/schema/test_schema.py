"""The packaged schemas say what the values are."""

import json

import jsonschema
import pytest
from hypothesis import given, settings

from routing.evaluation import schedule
from routing.model.plan import Plan
from routing.model.problem import Problem
from routing.schema import load_schema
from routing.schema.build import build_schema
from tests.routing.strategies import decided, problems

PROBLEM = jsonschema.Draft202012Validator(load_schema("problem"))
PLAN = jsonschema.Draft202012Validator(load_schema("plan"))


@pytest.mark.parametrize(("cls", "document"), [(Problem, "problem"), (Plan, "plan")])
def test_the_packaged_file_is_up_to_date(cls, document):
    assert load_schema(document) == build_schema(cls), "run python -m routing.schema.build"


@pytest.mark.parametrize("validator", [PROBLEM, PLAN])
def test_a_schema_is_a_schema(validator):
    jsonschema.Draft202012Validator.check_schema(validator.schema)


@settings(max_examples=25)
@given(problems())
def test_every_problem_is_valid_and_survives(problem):
    data = json.loads(json.dumps(problem.to_json()))
    PROBLEM.validate(data)
    assert Problem.from_json(data) == problem


@settings(max_examples=25)
@given(decided())
def test_every_plan_is_valid_and_survives(drawn):
    plan = schedule(*drawn)
    data = json.loads(json.dumps(plan.to_json()))
    PLAN.validate(data)
    assert Plan.from_json(data) == plan


def test_the_schema_refuses_what_the_values_refuse():
    data = {"places": [{"id": "a"}], "requests": [{"id": "r", "place": "a", "energy_wh": 0}]}
    paths = {error.json_path for error in PROBLEM.iter_errors(data)}
    assert paths == {"$.requests[0].energy_wh"}
