"""Every operation of the API, called as its schema has it and as it has not: no answer surprises."""

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.api import CHECKS, calls, list_operations, send
from tests.fuzz.measure import tries

pytestmark = pytest.mark.usefixtures("undone")


@pytest.fixture(autouse=True)
def uncounted(settings, monkeypatch):
    """Whoever is tried a thousand times is not turned away for it."""
    for policy in settings.RATES:
        monkeypatch.setitem(settings.RATES, policy, (10**6, 1))


@pytest.mark.parametrize(("method", "path"), list_operations())
@given(data=st.data())
@tries(8)
def test_every_answer_is_one_the_schema_promises(stage, tally, method, path, data):
    case, who = data.draw(calls(method, path, stage.scene.names))
    with transaction.atomic():
        answer = send(case, stage.doors[who])
        transaction.set_rollback(True)
    tally[f"{who} {answer.status_code}"] += 1
    case.validate_response(answer, checks=CHECKS)
    if answer.status_code >= 400:
        said = answer.json()
        assert answer.headers["content-type"] == ["application/problem+json"]
        assert (said["status"], bool(said["code"])) == (answer.status_code, True)
