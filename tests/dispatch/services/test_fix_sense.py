"""Fixes that cannot be true: from another time, too vague, or from where nobody can have driven so soon."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch.services.fix_sense import (
    AGREE,
    OLDEST,
    SKEW,
    VAGUE_M,
    Fix,
    Spot,
    can_follow,
    list_usable,
    read_doubts,
    sort_out,
    write_doubts,
)
from tests.small_world import CASINO, PORT, TEN

NICE = (43.7000, 7.2660)
SECOND = timedelta(seconds=1)


def fixes(*places, every=2):
    return [Fix(TEN + number * every * SECOND, *place) for number, place in enumerate(places)]


def hear(batch, last=None, doubts=()):
    return sort_out(batch, last, doubts)


def test_the_order_of_a_batch_does_not_matter_and_an_instant_counts_once():
    batch = fixes(PORT, PORT, PORT)
    assert list_usable([*reversed(batch), batch[0]], TEN + 9 * SECOND) == batch


@pytest.mark.parametrize("at", [TEN + SKEW + SECOND, TEN - OLDEST - SECOND])
def test_a_clock_that_is_wrong_is_not_believed(at):
    assert list_usable([Fix(at, *PORT)], TEN) == []


def test_a_drive_through_town_is_believed():
    way = [(PORT[0] + n * 0.0002, PORT[1]) for n in range(20)]
    assert hear(fixes(*way)).good == tuple(fixes(*way))


def test_a_jump_to_the_next_town_and_back_is_not_believed():
    batch = fixes(PORT, NICE, PORT)
    said = hear(batch)
    assert said.good == (batch[0], batch[2])
    assert said.doubts == ()


def test_a_unit_that_was_carried_is_believed_once_enough_fixes_agree():
    batch = fixes(PORT, *[NICE] * (AGREE + 1))
    assert hear(batch).good == (batch[0], *batch[AGREE:])


def test_what_is_doubted_is_remembered_from_batch_to_batch():
    last, doubts = Spot(TEN - SECOND, *PORT), ()
    for number, fix in enumerate(fixes(*[NICE] * AGREE), start=1):
        said = hear([fix], last, read_doubts(write_doubts(doubts)))
        doubts = said.doubts
        assert bool(said.good) is (number == AGREE)


def test_jumps_that_agree_with_nothing_are_never_believed():
    wild = [(43.0 + n % 3, 7.0 + n % 2) for n in range(12)]
    assert hear(fixes(*wild), Spot(TEN - SECOND, *PORT)).good == ()


def test_what_comes_late_is_kept_for_the_trace():
    late = Fix(TEN - timedelta(minutes=1), *NICE)
    assert hear([late], Spot(TEN, *PORT)).good == (late,)


def test_a_vague_fix_says_nothing():
    assert hear([Fix(TEN, *PORT, accuracy_m=VAGUE_M + 1)]).good == ()
    assert hear([Fix(TEN, *PORT, accuracy_m=VAGUE_M)]).good != ()


def test_after_a_long_silence_a_unit_may_be_anywhere():
    assert can_follow(Spot(TEN, *PORT), Spot(TEN + timedelta(minutes=20), *NICE))
    assert not can_follow(Spot(TEN, *PORT), Spot(TEN + timedelta(seconds=20), *NICE))
    assert can_follow(Spot(TEN, *PORT), Spot(TEN, PORT[0] + 0.001, PORT[1]))


@given(st.lists(st.tuples(st.sampled_from([PORT, CASINO, NICE]), st.integers(0, 900)), max_size=25))
def test_whatever_is_believed_could_be_driven_or_was_agreed_upon(heard):
    batch = list_usable([Fix(TEN + s * SECOND, *place) for place, s in heard], TEN + timedelta(hours=1))
    said = hear(batch)
    assert [fix.at for fix in said.good] == sorted(fix.at for fix in said.good)
    assert len(said.doubts) < AGREE
    assert set(said.good) <= set(batch)
