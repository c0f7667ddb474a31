"""A charger that says every action wrongly is answered as the standard has it, and nothing of ours fails."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from dispatch import clock
from dispatch.models import Protocol
from dispatch.ocpp.words import hear
from dispatch.services.charging.links import open_link
from tests.doors.cases.chargers import SAID
from tests.doors.charge import *  # noqa: F403  # fixtures are found by name
from tests.doors.charge import Charge, say
from tests.fuzz.measure import tries
from tests.fuzz.nonsense import texts, values


@st.composite
def spoilt(draw: st.DrawFn, said: Any) -> Any:
    """Draw what was said with something else in a place or two."""
    if isinstance(said, dict) and said and draw(st.integers(0, 4)):
        key = draw(st.sampled_from(sorted(said)))
        if draw(st.integers(0, 7)) == 0:
            return {name: inner for name, inner in said.items() if name != key}
        return {**said, key: draw(spoilt(said[key]))}
    if isinstance(said, list) and said and draw(st.integers(0, 4)):
        at = draw(st.integers(0, len(said) - 1))
        return [*said[:at], draw(spoilt(said[at])), *said[at + draw(st.integers(0, 1)) :]]
    return draw(near(said) | values)


def near(said: Any) -> st.SearchStrategy[Any]:
    """Something of the same kind: that the schema lets through."""
    if isinstance(said, str):
        return st.text(max_size=20) | st.datetimes().map(lambda at: f"{at.isoformat()}Z")
    if isinstance(said, int | float):
        return st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.integers(-1, 2**31)
    return st.just(said)


@given(data=st.data())
@tries(60)
def test_whatever_it_says_it_is_answered(charge: Charge, db: None, data: st.DataObject):
    action = data.draw(st.sampled_from(sorted(SAID[charge.protocol])))
    charger = data.draw(st.sampled_from([charge.azur, *charge.others.values()]))
    words = data.draw(st.lists(st.sampled_from(SAID[charge.protocol][action]), min_size=1, max_size=3))
    with transaction.atomic(), capture_logs() as written:
        link = open_link(charger, charge.protocol, clock.wall())
        for said in words:
            payload = data.draw(spoilt(charge.fill(said)))
            frame = say(link, action, payload, shared=data.draw(st.booleans()))
            assert frame[0] in (3, 4)
            assert frame[2] != "InternalError", (action, payload)
        transaction.set_rollback(True)
    assert not [entry for entry in written if entry["log_level"] in ("error", "critical")]


@pytest.mark.parametrize("protocol", Protocol)
@given(text=texts)
@tries(100)
def test_whatever_is_no_frame_is_heard_as_none(protocol, text):
    assert hear(text, protocol) is not None
