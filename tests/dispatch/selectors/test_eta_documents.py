"""What is shown of a whole fleet's visits is what is shown of each by itself."""

from datetime import timedelta
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch.routing_bridge.ahead import Ahead
from dispatch.routing_bridge.outlook import Outlooks
from dispatch.selectors.eta_documents import list_eta_documents
from dispatch.selectors.etas import build_expected, eta_document
from tests.small_world import TEN

LATER = st.floats(0, 20_000)
VISITS = st.lists(
    st.tuples(
        LATER,
        LATER,
        st.none() | st.integers(0, 10**9),
        st.none() | st.integers(0, 10**8),
        st.none() | st.lists(LATER, min_size=6, max_size=6),
    ),
    max_size=5,
)


@given(VISITS, st.integers(0, 999_999))
def test_all_at_once_is_as_one_by_one(visits, micros):
    now = TEN + timedelta(microseconds=micros)
    none = [np.nan] * 6
    found = Outlooks(
        [visit(number, arrived, now) for number, (_, _, arrived, _, _) in enumerate(visits)],
        [None if ago is None else now - timedelta(microseconds=ago) for _, _, _, ago, _ in visits],
        np.array([arrival for arrival, _, _, _, _ in visits]),
        np.array([ready for _, ready, _, _, _ in visits]),
        np.zeros((len(visits), 20)),
        np.array([learnt or none for *_, learnt in visits]).reshape(-1, 6),
    )
    alone = {
        str(one.stop.request_id): eta_document(build_expected(one, now), now) for one in found.list_each()
    }
    assert list_eta_documents(found, now) == alone


def visit(number, arrived, now):
    there = None if arrived is None else now - timedelta(microseconds=arrived)
    key = UUID(int=number)
    return Ahead(key, key, key, key, "arrived" if there else "planned", there, ())


def test_of_nobody_nothing_is_shown(world):
    empty = np.zeros(0)
    assert list_eta_documents(Outlooks([], [], empty, empty, empty, np.zeros((0, 6))), world.now) == {}


@pytest.mark.parametrize("micros", [0, 1, 999_999])
def test_nothing_is_said_to_be_earlier_than_it_is_expected(micros):
    now = TEN + timedelta(microseconds=micros)
    found = Outlooks(
        [visit(1, None, now)],
        [None],
        np.array([0.0]),
        np.array([1.5]),
        np.zeros((1, 20)),
        np.full((1, 6), np.nan),
    )
    (shown,) = list_eta_documents(found, now).values()
    assert shown["arrival_p10"] >= "2026-06-10T10:00:00.000Z"
    assert shown["arrival_p10"] == ("2026-06-10T10:00:00.000Z" if micros == 0 else "2026-06-10T10:00:01.000Z")
