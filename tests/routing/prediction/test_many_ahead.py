"""The ways of a whole fleet in columns say what each says by itself."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.prediction.features import Surroundings, build_row
from routing.prediction.many_ahead import NOT_BEFORE_NOW, Around, Steps, look_ahead_all
from routing.prediction.pace import Pace
from routing.prediction.way_ahead import Step, look_ahead

SPANS = st.floats(0, 7_200)
STEPS = st.builds(
    Step,
    key=st.just("whoever"),
    kind=st.sampled_from(["serve", "recharge", "break", "hold"]),
    travel_s=SPANS,
    handling_s=SPANS,
    flow_s=st.just(0.0) | SPANS,
    leaves_s=st.none() | SPANS,
    begins_s=st.none() | st.floats(-600, 9_000),
    arrived=st.booleans(),
    elapsed_s=SPANS,
    over_s=SPANS,
    is_measured=st.booleans(),
    is_inside=st.booleans(),
)
PACES = st.builds(Pace, *[st.floats(0.5, 2.0)] * 3)
ROUTES = st.lists(st.tuples(st.lists(STEPS, min_size=1, max_size=5), PACES), max_size=4)


def in_columns(routes: list[tuple[list[Step], Pace]]) -> tuple[Steps, Around]:
    steps = [(number, step) for number, (route, _) in enumerate(routes) for step in route]
    names = ("travel_s", "handling_s", "flow_s", "elapsed_s", "over_s")
    columns = {name: np.array([float(getattr(step, name)) for _, step in steps]) for name in names}
    waits = {
        name: np.array([NOT_BEFORE_NOW if (at := getattr(step, name)) is None else at for _, step in steps])
        for name in ("leaves_s", "begins_s")
    }
    flags = {
        name: np.array([getattr(step, name) for _, step in steps], dtype=bool)
        for name in ("arrived", "is_measured", "is_inside")
    }
    kinds = {
        f"is_{kind}": np.array([step.kind == kind for _, step in steps], dtype=bool)
        for kind in ("serve", "recharge", "break")
    }
    paces = [pace for _, pace in routes]
    around = Around(
        travel=np.array([pace.travel for pace in paces]),
        handling=np.array([pace.handling for pace in paces]),
        flow=np.array([pace.flow for pace in paces]),
        hour=np.full(len(paces), 8.5),
        is_on_site=np.array([float(number % 2) for number in range(len(paces))]),
        pace_travel=np.array([pace.travel / 1.1 for pace in paces]),
        pace_handling=np.array([pace.handling / 0.9 for pace in paces]),
    )
    route = np.array([number for number, _ in steps], dtype=np.int64)
    return Steps(route=route, **columns, **waits, **flags, **kinds), around


@given(ROUTES)
def test_all_at_once_is_as_one_by_one(routes):
    found = look_ahead_all(*in_columns(routes))
    alone = [
        (outlook, Surroundings(8.5, bool(number % 2), pace.travel / 1.1, pace.handling / 0.9))
        for number, (steps, pace) in enumerate(routes)
        for outlook in look_ahead(steps, pace)
    ]
    assert found.arrival_s == pytest.approx([outlook.arrival_s for outlook, _ in alone], abs=1e-6)
    assert found.ready_s == pytest.approx([outlook.ready_s for outlook, _ in alone], abs=1e-6)
    rows = [build_row(outlook, around) for outlook, around in alone]
    assert found.rows == pytest.approx(np.array(rows).reshape(found.rows.shape), abs=1e-6)
