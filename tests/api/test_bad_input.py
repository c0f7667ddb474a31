"""What bad input gets: a problem with a stable code, and nothing half written. One line per sin."""

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps

from dispatch import clock
from dispatch.models import Offer
from tests.cast import Door, open_door
from tests.dispatch.crew import Crew
from tests.small_world import TEN, SmallWorld, build_world

QUOTES, REQUESTS = "/api/driver/quotes", "/api/driver/requests"
HUGE, NOWHERE = 10**400, "00000000-0000-4000-8000-000000000000"
DEEP = "[" * 50_000 + "]" * 50_000


@pytest.fixture
def world(db) -> SmallWorld:
    return build_world()


@pytest.fixture
def alice(world) -> Door:
    return open_door(world.people["Alice"])


@pytest.fixture
def wish(world) -> dict[str, Any]:
    """A wish nothing is wrong with."""
    return {
        "vehicle": str(world.cars["Alice"].id),
        "location": {"lat": 43.7396, "lon": 7.4275},
        "energy_kwh": 15,
        "soc": 0.3,
    }


def count_rows() -> dict[str, int]:
    models = [
        model for label in ("accounts", "dispatch") for model in apps.get_app_config(label).get_models()
    ]
    return {model._meta.label: model._default_manager.count() for model in models}


def is_refused(answer, status: int, code: str, path: str | None = None) -> None:
    assert answer["Content-Type"] == "application/problem+json", answer.content
    document = answer.json()
    assert (answer.status_code, document["code"]) == (status, code), document
    assert document["status"] == status
    assert document["type"] == f"urn:voltrun:problem:{code}"
    assert document.get("path") == path or path is None, document
    assert "Voltrun-Server-Time" in answer


@dataclass(frozen=True)
class Sin:
    """What is changed in a good wish, and what it gets."""

    what: str
    change: dict[str, Any]
    code: str = "invalid"
    path: str | None = None
    status: int = 400

    def __str__(self) -> str:
        return self.what


def in_hours(hours: float) -> str:
    return (TEN + timedelta(hours=hours)).isoformat()


TO_A_FIFTH = {"energy_kwh": None, "target_soc": 0.2}
TURNED_ROUND = {"earliest": in_hours(3), "latest": in_hours(2)}
WISHES = [
    Sin("a place outside the area", {"location": {"lat": 48.85, "lon": 2.35}}, "outside_area", "location"),
    Sin("a place off the earth", {"location": {"lat": 91, "lon": 7}}, path="location.lat"),
    Sin("a place that is half a place", {"location": {"lat": 43.7}}, path="location.lon"),
    Sin("a place that is no place", {"location": "Casino"}, path="location"),
    Sin("no place at all", {"location": None}, path="location"),
    Sin("a car park nobody knows", {"site": NOWHERE}, "unknown_site", "site"),
    Sin("a window in the past", {"latest": in_hours(-1)}, "window_in_the_past", "latest"),
    Sin("a window turned round", TURNED_ROUND, "window_reversed", "latest"),
    Sin("a window farther than we plan", {"earliest": in_hours(100)}, "window_too_far", "earliest"),
    Sin("a time that is none", {"latest": "soon"}, path="latest"),
    Sin("a time before all time", {"latest": "0000-00-00T00:00:00Z"}, path="latest"),
    Sin("more than a full battery", {"soc": 1.01}, path="soc"),
    Sin("less than an empty battery", {"soc": -0.01}, path="soc"),
    Sin("no state of charge", {"soc": None}, path="soc"),
    Sin("a state of charge in words", {"soc": "half"}, path="soc"),
    Sin("a state of charge that is no number", {"soc": "NaN"}, path="soc"),
    Sin("a state of charge that is a truth", {"soc": True}, path="soc"),
    Sin("a number beyond all numbers", {"soc": HUGE}, path="soc"),
    Sin("a car nobody has", {"vehicle": NOWHERE}, "unknown_vehicle", "vehicle"),
    Sin("a car that is no id", {"vehicle": "my car"}, path="vehicle"),
    Sin("a target below what it holds", TO_A_FIFTH, "target_below_current", "target_soc"),
    Sin("a target above full", {"energy_kwh": None, "target_soc": 1.5}, path="target_soc"),
    Sin("more than the battery takes", {"energy_kwh": 60}, "more_than_the_battery_takes", "energy_kwh"),
    Sin("no energy at all", {"energy_kwh": 0}, path="energy_kwh"),
    Sin("energy taken from the car", {"energy_kwh": -5}, path="energy_kwh"),
    Sin("energy without end", {"energy_kwh": "Infinity"}, path="energy_kwh"),
    Sin("energy beyond all numbers", {"energy_kwh": HUGE}, path="energy_kwh"),
    Sin("energy finer than a meter counts", {"energy_kwh": 15.0001}, path="energy_kwh"),
    Sin("two amounts at once", {"target_soc": 0.8}, path="energy_kwh"),
    Sin("no amount", {"energy_kwh": None}, path="energy_kwh"),
    Sin("a haste nobody knows", {"urgency": "very"}, path="urgency"),
    Sin("a name that goes on and on", {"place_text": "x" * 121}, path="place_text"),
    Sin("a name with a hole in it", {"place_text": "a\x00b"}, path="place_text"),
    Sin("a name with half a letter", {"place_text": "a\ud800b"}, path="place_text"),
]  # fmt: skip


@pytest.mark.parametrize("sin", WISHES, ids=str)
def test_a_wish_with(sin, alice, wish):
    before = count_rows()
    changed = {**wish, **sin.change}
    # As a browser writes it: half a letter is only possible in escapes.
    answer = alice.post(QUOTES, json.dumps(changed), content_type="application/json")
    is_refused(answer, sin.status, sin.code, sin.path)
    assert count_rows() == before


BODIES = {
    "no JSON": ("{nonsense", "invalid_json"),
    "a number that is none": ('{"soc": NaN}', "invalid_json"),
    "an endless number": ('{"soc": Infinity}', "invalid_json"),
    "a number of ten thousand digits": (f'{{"soc": {"9" * 10_000}}}', "invalid_json"),
    "ten thousand brackets": (DEEP, "invalid_json"),
    "letters that are none": (b'{"soc": "\xff"}', "invalid_json"),
    "a list": ("[]", "invalid"),
    "a word": ('"soc"', "invalid"),
    "nothing": ("null", "invalid"),
}


@pytest.mark.parametrize("what", BODIES)
def test_a_body_that_is(what, alice):
    text, code = BODIES[what]
    before = count_rows()
    for address in (QUOTES, REQUESTS):
        is_refused(alice.post(address, text, content_type="application/json"), 400, code)
    assert count_rows() == before


def test_a_body_larger_than_anybody_could_mean(alice):
    is_refused(alice.post(QUOTES, " " * 1_000_001, content_type="application/json"), 413, "too_large")


def test_a_body_in_another_language(alice):
    is_refused(alice.post(QUOTES, "<wish/>", content_type="text/xml"), 415, "unsupported_media_type")


def test_fields_nobody_knows_are_ignored(alice, wish):
    answer = alice.post(QUOTES, {**wish, "colour": "red", "price": 1, "access": {"code": "1234"}})
    assert answer.status_code == 201
    assert answer.json()["offers"]


def test_somebody_elses_car_is_as_unknown_as_none(alice, world, wish):
    is_refused(alice.post(QUOTES, {**wish, "vehicle": str(world.cars["Bob"].id)}), 400, "unknown_vehicle")


# -- keys ------------------------------------------------------------------------------------------
def test_a_wish_without_a_key(alice, wish):
    before = count_rows()
    is_refused(alice.post(QUOTES, wish, HTTP_IDEMPOTENCY_KEY=None), 400, "idempotency_key_missing")
    assert count_rows() == before


def test_the_same_key_with_another_body(alice, wish):
    alice.post(QUOTES, wish, HTTP_IDEMPOTENCY_KEY="k-1")
    before = count_rows()
    answer = alice.post(QUOTES, {**wish, "soc": 0.4}, HTTP_IDEMPOTENCY_KEY="k-1")
    is_refused(answer, 422, "idempotency_key_reused")
    assert count_rows() == before


def test_the_same_accept_again_answers_the_same_request(alice, world):
    body = {"offer": str(world.offer("Alice").id)}
    first, again = (alice.post(REQUESTS, body, HTTP_IDEMPOTENCY_KEY="k-1") for _ in range(2))
    assert first.status_code == again.status_code == 201
    assert first.json()["id"] == again.json()["id"]
    assert again["Idempotent-Replay"] == "true"


# -- offers ----------------------------------------------------------------------------------------
def test_an_offer_accepted_twice(alice, world):
    body = {"offer": str(world.offer("Alice").id)}
    assert alice.post(REQUESTS, body).status_code == 201
    before = count_rows()
    is_refused(alice.post(REQUESTS, body), 409, "offer_taken")
    assert count_rows() == before


def test_an_offer_accepted_too_late(alice, world):
    offer = world.offer("Alice")
    Offer.objects.filter(id=offer.id).update(expires_at=clock.wall() - timedelta(seconds=1))
    before = count_rows()
    is_refused(alice.post(REQUESTS, {"offer": str(offer.id)}), 409, "offer_expired")
    assert count_rows() == before


def test_an_offer_of_another_or_of_nobody(alice, world):
    bobs = str(world.offer("Bob").id)
    before = count_rows()
    for offer in (bobs, NOWHERE):
        is_refused(alice.post(REQUESTS, {"offer": offer}), 404, "not_found")
    is_refused(alice.post(REQUESTS, {"offer": "the first"}), 400, "invalid", "offer")
    assert count_rows() == before


def test_a_second_request_for_a_car_that_waits_already(alice, world):
    second = world.offer("Alice")
    world.accept("Alice")
    before = count_rows()
    is_refused(alice.post(REQUESTS, {"offer": str(second.id)}), 409, "vehicle_has_open_request")
    assert count_rows() == before


# -- requests --------------------------------------------------------------------------------------
def test_a_request_cancelled_once_it_is_done(alice, world):
    request = world.accept("Alice")
    Crew(world).serve(world.stop_of(request))
    before = count_rows()
    is_refused(alice.post(f"{REQUESTS}/{request.id}/cancel", {}), 409, "too_late_to_cancel")
    assert count_rows() == before


def test_a_request_cancelled_twice(alice, world):
    request = world.accept("Alice")
    assert alice.post(f"{REQUESTS}/{request.id}/cancel", {}).json()["status"] == "cancelled"
    is_refused(alice.post(f"{REQUESTS}/{request.id}/cancel", {}), 409, "too_late_to_cancel")


def test_words_in_a_cancellation_are_no_place_for_a_story(alice, world):
    request = world.accept("Alice")
    answer = alice.post(f"{REQUESTS}/{request.id}/cancel", {"reason": "My name is Alice"})
    is_refused(answer, 400, "invalid", "reason")


@pytest.mark.parametrize("tail", ["", "/track", "/cancel"])
def test_a_request_of_another_is_as_if_it_was_not_there(world, tail):
    request, bob = world.accept("Alice"), open_door(world.people["Bob"])
    call = bob.post if tail == "/cancel" else bob.get
    is_refused(call(f"{REQUESTS}/{request.id}{tail}"), 404, "not_found")
    is_refused(call(f"{REQUESTS}/{uuid4()}{tail}"), 404, "not_found")


@pytest.mark.parametrize("before", ["x", NOWHERE[:-1], "1"])
def test_a_page_nobody_could_mean(alice, before):
    is_refused(alice.get(f"{REQUESTS}?before={before}"), 400, "invalid", "before")


# -- crews -----------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Deed:
    """What a crew says at a stop, and what it gets."""

    what: str
    action: str
    said: Any = field(default_factory=dict)
    code: str = "invalid"
    status: int = 400
    path: str | None = None

    def __str__(self) -> str:
        return self.what


DEEDS = [
    Deed("arriving before departing", "arrive", code="not_in_that_state", status=409),
    Deed("starting before arriving", "start", {"meter_wh": 1}, code="not_in_that_state", status=409),
    Deed("finishing before starting", "finish", {"meter_wh": 1}, code="not_in_that_state", status=409),
    Deed("failing without a reason", "fail", code="reason_missing", path="reason"),
    Deed("a reason in many words", "fail", {"reason": "The car was gone, Madame said."}, path="reason"),
    Deed("a meter below nothing", "depart", {"meter_wh": -1}, path="meter_wh"),
    Deed("a meter beyond all meters", "depart", {"meter_wh": 10**13}, path="meter_wh"),
    Deed("a meter in words", "depart", {"meter_wh": "full"}, path="meter_wh"),
    Deed("a pack fuller than full", "depart", {"pack_soc": 1.1}, path="pack_soc"),
    Deed("a car that is no number", "depart", {"car_soc": "NaN"}, path="car_soc"),
    Deed("a time that is none", "depart", {"at": "now"}, path="at"),
    Deed("a body that is a list", "depart", [], path=""),
]  # fmt: skip


@pytest.mark.parametrize("deed", DEEDS, ids=str)
def test_a_crew_that_says(deed, world):
    stop = world.stop_of(world.accept("Alice"))
    world.give_shift(stop.unit, "Cora")
    before = count_rows()
    answer = open_door(world.people["Cora"]).post(f"/api/crew/stops/{stop.id}/{deed.action}", deed.said)
    is_refused(answer, deed.status, deed.code, deed.path)
    assert count_rows() == before


def test_a_meter_that_runs_backwards(world):
    stop = world.stop_of(world.accept("Alice"))
    world.give_shift(stop.unit, "Cora")
    Crew(world).begin(stop)
    cora = open_door(world.people["Cora"])
    answer = cora.post(f"/api/crew/stops/{stop.id}/finish", {"meter_wh": 10})
    is_refused(answer, 400, "meter_went_backwards", "meter_wh")


def test_a_stop_of_another_unit(world):
    stop = world.stop_of(world.accept("Alice"))
    world.give_shift(next(unit for unit in world.units.values() if unit != stop.unit), "Cora")
    answer = open_door(world.people["Cora"]).post(f"/api/crew/stops/{stop.id}/depart", {})
    is_refused(answer, 404, "not_found")


@pytest.mark.parametrize("said", [{"kind": "Big Trouble!"}, {"kind": "flat", "stop": "x"}, {"text": "?"}, []])
def test_a_report_nobody_could_mean(world, said):
    before = count_rows()
    is_refused(open_door(world.people["Cora"]).post("/api/crew/reports", said), 400, "invalid")
    assert count_rows() == before


# -- units -----------------------------------------------------------------------------------------
FIXES = [
    {}, {"fixes": []}, {"fixes": 7}, {"fixes": [7]}, {"fixes": [{}]},
    {"fixes": [{"at": "2026-06-10T10:00:00Z", "lat": 91, "lon": 7}]},
    {"fixes": [{"at": "2026-06-10T10:00:00Z", "lat": "nan", "lon": 7}]},
    {"fixes": [{"at": "2026-06-10T10:00:00Z", "lat": 43, "lon": HUGE}]},
    {"fixes": [{"at": "2026-06-10T10:00:00Z", "lat": 43, "lon": 7}] * 501},
]  # fmt: skip


def test_fixes_that_are_none(world, device_door):
    azur = world.units["Azur"]
    before = count_rows()
    for body in FIXES:
        is_refused(device_door(azur).post(f"/api/units/{azur.id}/positions", body), 400, "invalid")
    assert count_rows() == {**before, "accounts.Device": before["accounts.Device"] + len(FIXES)}


def test_fixes_for_another_unit(world, device_door):
    fix = {"at": "2026-06-10T10:00:00Z", "lat": 43.73, "lon": 7.42}
    answer = device_door(world.units["Azur"]).post(
        f"/api/units/{world.units['Corail'].id}/positions", {"fixes": [fix]}
    )
    is_refused(answer, 404, "not_found")


# -- dispatchers -----------------------------------------------------------------------------------
NOT_THERE = [
    "plans/99999999999999999999999999",
    "plans/0",
    f"units/{NOWHERE}",
    f"requests/{NOWHERE}/explanation",
]


@pytest.mark.parametrize("address", NOT_THERE)
def test_what_is_not_there(world, address):
    is_refused(open_door(world.people["Dana"]).get(f"/api/ops/{address}"), 404, "not_found")


def test_a_lock_nobody_knows(world):
    stop, dana = world.stop_of(world.accept("Alice")), open_door(world.people["Dana"])
    is_refused(dana.post(f"/api/ops/stops/{stop.id}/lock", {"what": "all"}), 400, "invalid", "what")
    is_refused(dana.post(f"/api/ops/stops/{NOWHERE}/lock", {}), 404, "not_found")
    Crew(world).do("depart", stop)
    is_refused(dana.post(f"/api/ops/stops/{stop.id}/lock", {}), 409, "not_in_that_state")
