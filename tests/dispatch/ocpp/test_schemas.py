"""The compiled schemas say yes and no as the standard's own validator does, and no in its words."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ocpp.exceptions import NotSupportedError, OCPPError
from ocpp.messages import Call, CallResult
from ocpp.messages import _validate_payload as validate

from dispatch.models import Protocol
from dispatch.ocpp.schemas import VERSIONS, check, is_known
from dispatch.world.dialect import DIALECTS, Reading

READING = Reading(1_700_000_000.0, 1_000, 30_000, 0.5)
ODD = st.sampled_from([None, True, 1, 1.0, -1, 10**30, "", "x" * 300, [], {}, [1], {"a": 1}])


def calls() -> list[tuple[Protocol, str, dict[str, Any]]]:
    return [
        (protocol, *words)
        for protocol in Protocol
        for dialect in [DIALECTS[protocol]]
        for words in (
            dialect.boot("PowerUp"),
            dialect.status("Available", READING.at),
            dialect.begin("T-1", "TOKEN", READING),
            dialect.sample("T-1", 1, 1, READING),
            dialect.end("T-1", 1, 2, READING, "Local"),
        )
    ]


def verdict(judge, *words) -> str:
    """What a check says: the code it raises, or nothing."""
    try:
        judge(*words)
    except OCPPError as error:
        return error.code
    return ""


def list_places(value: Any) -> list[tuple[Any, Any]]:
    """List every place in a payload: what holds it, and its name there."""
    if isinstance(value, dict):
        return [place for key in value for place in ((value, key), *list_places(value[key]))]
    if isinstance(value, list):
        return [
            place for index in range(len(value)) for place in ((value, index), *list_places(value[index]))
        ]
    return []


@pytest.mark.parametrize(("protocol", "action", "payload"), calls())
def test_what_our_own_chargers_say_is_right(protocol, action, payload):
    assert verdict(check, Call("m", action, payload), protocol) == ""


@given(words=st.sampled_from(calls()), data=st.data())
def test_what_is_odd_is_judged_as_the_standards_validator_does(words, data):
    protocol, action, payload = words[0], words[1], deepcopy(words[2])
    holder, name = data.draw(st.sampled_from(list_places(payload)))
    if isinstance(holder, dict) and data.draw(st.booleans()):
        del holder[name]
    else:
        holder[name] = data.draw(ODD)
    call = Call("m", action, payload)
    assert verdict(check, call, protocol) == verdict(validate, call, VERSIONS[protocol])


@pytest.mark.parametrize(
    "action", ["", "../../etc/passwd", "Heartbeat.json", "heartbeat", "Größe", "A" * 10_000]
)
@pytest.mark.parametrize("protocol", Protocol)
def test_an_action_the_standard_does_not_know_is_not_supported(protocol, action):
    assert not is_known(action, protocol)
    with pytest.raises(NotSupportedError):
        check(Call("m", action, {}), protocol)


@pytest.mark.parametrize("protocol", Protocol)
def test_an_answer_is_held_to_the_schema_of_answers(protocol):
    wrong = CallResult("m", {"status": "Perhaps"}, "ChangeAvailability")
    assert verdict(check, CallResult("m", {"status": "Accepted"}, "ChangeAvailability"), protocol) == ""
    assert verdict(check, wrong, protocol) == verdict(validate, wrong, VERSIONS[protocol]) != ""


def test_what_is_deeper_than_anybody_reads_is_refused():
    deep: dict[str, Any] = {}
    for _ in range(5_000):
        deep = {"customData": deep}
    assert verdict(check, Call("m", "Heartbeat", deep), Protocol.OCPP201) != ""
