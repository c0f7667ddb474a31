"""A body may be as deep as anybody could mean, and no deeper."""

import pytest

from dispatch.api.parsing import DEEPEST, is_shallow


def nest(depth: int, leaf: object = 1) -> object:
    for level in range(depth - 1):
        leaf = [leaf] if level % 2 else {"inner": leaf}
    return leaf


@pytest.mark.parametrize(("depth", "shallow"), [(1, True), (DEEPEST, True), (DEEPEST + 1, False)])
def test_a_body_is_read_down_to_its_deepest_level(depth, shallow):
    assert is_shallow(nest(depth)) is shallow
