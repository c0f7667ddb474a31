"""How often somebody may come: counted together while Valkey is there, alone while it is not."""

import pytest
from django.conf import settings as house
from limits import RateLimitItemPerSecond

from accounts.quotas import Counter, count, name_address

TWICE = RateLimitItemPerSecond(2, 60)


def knock(counter: Counter, who: str = "person:alice", policy: str = "caller") -> bool:
    within, _, _ = counter.count(TWICE, policy, who)
    return within


@pytest.fixture
def shared() -> Counter:
    return Counter(house.REDIS_URL, house.REDIS_PREFIX)


def test_the_third_of_two_is_one_too_many(shared):
    assert [knock(shared) for _ in range(4)] == [True, True, False, False]


def test_everybody_and_every_policy_has_a_measure_of_its_own(shared):
    assert [knock(shared) for _ in range(3)] == [True, True, False]
    assert knock(shared, "person:bob")
    assert knock(shared, policy="quotes")


def test_two_processes_count_together(shared):
    other = Counter(house.REDIS_URL, house.REDIS_PREFIX)
    assert [knock(shared), knock(other), knock(shared), knock(other)] == [True, True, False, False]


def test_two_houses_on_one_server_do_not(shared):
    other = Counter(house.REDIS_URL, "another house")
    other.valkey.reset()
    assert [knock(shared), knock(shared), knock(other)] == [True, True, True]


def test_without_valkey_a_process_counts_for_itself():
    away = Counter("redis://127.0.0.1:1/0", "nowhere")
    assert [knock(away) for _ in range(3)] == [True, True, False]
    assert knock(away, "person:bob")


def test_a_server_that_is_away_is_not_asked_at_every_call(monkeypatch):
    away = Counter("redis://127.0.0.1:1/0", "nowhere")
    knock(away)
    monkeypatch.setattr(away, "_shared", None)
    assert knock(away)


def test_an_answer_says_what_is_left_and_when_to_come_again(monkeypatch):
    monkeypatch.setitem(house.RATES, "caller", (2, 60))
    told = [count("caller", "person:carl") for _ in range(3)]
    assert [(each.within, each.left) for each in told] == [(True, 1), (True, 0), (False, 0)]
    assert {(each.policy, each.most, each.window_s) for each in told} == {("caller", 2, 60)}
    assert all(1 <= each.wait_s <= 60 for each in told)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("", ""),
        ("a socket file", "a socket file"),
    ],
)
def test_whoever_has_a_whole_network_is_one(address, name):
    assert name_address(address) == name
