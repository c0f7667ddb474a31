"""Words a client might say: JSON of any shape, with the names and the numbers that hurt."""

import json
from typing import Any

from hypothesis import strategies as st

HURTFUL: list[Any] = [
    None, True, 0, -1, 2**31, 2**63, 10**400, -(10**40), 1e308, float("nan"), float("inf"), "", "\0",
    "\ud800", "NaN", "0", "-1", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "2026-06-10T10:00:00Z",
    "2026-02-30", "x" * 5_000, "\N{RIGHT-TO-LEFT OVERRIDE}", "'; --", "../../x", [], {}, [[]], {"": {}},
]  # fmt: skip
NAMES = (
    "type",
    "after",
    "fixes",
    "at",
    "lat",
    "lon",
    "heading",
    "speed_mps",
    "accuracy_m",
    "pack_soc",
    "seq",
)
TYPES = ("replay", "fixes", "snapshot", "beat", "close", "stream.message", "websocket.close", "__class__")

plain = st.one_of(
    st.sampled_from(HURTFUL), st.integers(), st.floats(), st.text(max_size=8), st.booleans(), st.none()
)
values = st.recursive(
    plain,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=4), inner, max_size=5)
    ),
    max_leaves=8,
)
messages = st.fixed_dictionaries(
    {"type": st.sampled_from(TYPES) | values}, optional={name: values for name in NAMES if name != "type"}
)
texts = st.one_of(
    st.text(max_size=20),
    values.map(json.dumps),
    messages.map(json.dumps).flatmap(lambda text: st.integers(0, len(text)).map(lambda end: text[:end])),
    st.sampled_from(["[" * 50_000, '{"a":' * 20_000, "1" * 5_000, '"\\ud800"', "NaN", "\ufeff{}"]),
)
frames = messages.map(json.dumps) | texts
