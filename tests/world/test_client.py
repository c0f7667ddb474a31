"""An unsafe call keeps its key until the answer is definite."""

import httpx
import pytest

from dispatch.world import client
from dispatch.world.client import Answer, Door, Refused, Voice, is_definite
from dispatch.world.config import Account, Device
from dispatch.world.times import WorldClock
from tests.world.town import EIGHT

DEVICE = Device("d1", "secret")
PERSON = Account("crew@demo.test", "p")


class Script:
    """Answers from a list; an exception in it is a broken line."""

    def __init__(self, *answers):
        self.answers, self.calls = list(answers), []

    def __call__(self, request):
        self.calls.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def problem(status, code):
    return httpx.Response(status, json={"code": code, "status": status})


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch):
    monkeypatch.setattr(client, "FIRST_PAUSE_S", 0.0)


def build_voice(script, who=DEVICE):
    return Voice(Door("http://house", WorldClock(), httpx.MockTransport(script)), who)


async def test_repeats_with_the_same_key_until_it_is_heard():
    script = Script(
        httpx.ConnectError("web is down"),
        httpx.ReadError("killed while answering"),
        httpx.Response(502),
        problem(409, "in_progress"),
        httpx.Response(200, json={"state": "done"}),
    )
    answer = await build_voice(script).post("/api/crew/stops/1/finish", {"meter_wh": 7}, "key-1")
    assert answer.data == {"state": "done"}
    assert {call.headers["Idempotency-Key"] for call in script.calls} == {"key-1"}
    assert {call.content for call in script.calls} == {b'{"meter_wh":7}'}


async def test_a_no_is_an_answer():
    script = Script(problem(409, "not_assigned"))
    answer = await build_voice(script).post("/api/crew/stops/1/depart", {}, "key-1")
    assert (answer.ok, answer.code) == (False, "not_assigned")


async def test_signs_in_once_and_again_when_the_token_is_gone():
    script = Script(
        httpx.Response(200, json={"token": "old"}),
        httpx.Response(401),
        httpx.Response(200, json={"token": "new"}),
        httpx.Response(200, json={}),
        httpx.Response(200, json={}),
    )
    voice = build_voice(script, PERSON)
    await voice.get("/api/crew/day")
    await voice.get("/api/crew/day")
    assert [call.headers.get("Authorization") for call in script.calls] == [
        None,
        "Bearer old",
        None,
        "Bearer new",
        "Bearer new",
    ]


async def test_a_device_carries_its_credential():
    script = Script(httpx.Response(200, json={}))
    await build_voice(script).get("/api/crew/day")
    assert script.calls[0].headers["Authorization"] == "Bearer vd_d1_secret"


async def test_every_answer_sets_the_clock():
    headers = {"Voltrun-Server-Time": "2026-11-21T08:00:00Z", "Voltrun-Speed": "120"}
    voice = build_voice(Script(httpx.Response(200, json={}, headers=headers)))
    await voice.get("/api/config")
    assert voice.door.clock.speed == 120.0
    assert voice.door.clock.now() >= EIGHT


async def test_a_refused_read_says_where():
    with pytest.raises(Refused, match="/api/crew/day: 403 forbidden"):
        await build_voice(Script(problem(403, "forbidden"))).get("/api/crew/day")


async def test_gives_up_when_told_to():
    script = Script(*[httpx.ConnectError("away")] * 50)
    with pytest.raises(TimeoutError, match="no answer"):
        await build_voice(script).post("/api/driver/quotes", {}, "key", give_up_s=1e-9)


@pytest.mark.parametrize(
    ("status", "code", "definite"),
    [
        (200, "", True),
        (404, "not_found", True),
        (409, "not_assigned", True),
        (409, "in_progress", False),
        (422, "idempotency_key_reused", True),
        (401, "", False),
        (429, "", False),
        (503, "", False),
    ],
)
def test_knows_which_answers_may_change(status, code, definite):
    assert is_definite(Answer(status, {"code": code})) is definite
