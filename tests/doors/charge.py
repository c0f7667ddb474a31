"""A charge under way, and two other chargers beside it that have nothing to do with it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from ocpp.messages import Call
from pytest_django.plugin import DjangoDbBlocker

from dispatch.models import (
    Charger,
    ChargerCommand,
    ChargeRequest,
    ChargerState,
    ChargingSession,
    MeterReading,
    Protocol,
    Stop,
)
from dispatch.ocpp.calls import ACTS, Asked, answer_call, answer_calls, is_shared
from dispatch.ocpp.words import hear
from dispatch.services.charging.interlock import token_of
from dispatch.services.charging.links import Link
from tests.dispatch.crew import Crew
from tests.dispatch.ocpp.desk import Desk
from tests.dispatch.ocpp.talk import Talk
from tests.doors.things import build_elsewhere
from tests.small_world import build_world


@dataclass
class Charge:
    """Alice's car is charged by Azur; beside it stand Corail, of the same operator, and Zephyr of another."""

    protocol: Protocol
    stop: Stop
    azur: Charger
    others: dict[str, Charger]
    number: int
    ref: str

    def fill(self, said: Any) -> Any:
        """Name what is Azur's."""
        if isinstance(said, dict):
            return {key: self.fill(inner) for key, inner in said.items()}
        if isinstance(said, list):
            return [self.fill(inner) for inner in said]
        if said == "{number}":
            return self.number
        return {"{ref}": self.ref, "{token}": token_of(self.stop)}.get(said, said)

    @property
    def known(self) -> list[Any]:
        """All that is known of the charge, its charger, its stop and its request."""
        rows = [
            *(of.objects.filter(charger=self.azur) for of in (ChargingSession, ChargerState, ChargerCommand)),
            MeterReading.objects.filter(session__charger=self.azur),
            Stop.objects.filter(id=self.stop.id),
            ChargeRequest.objects.filter(id=self.stop.request_id),
        ]
        return [list(found.order_by("id").values()) for found in rows]


def speak(charger: Charger, identity: str) -> Charger:
    charger.identity = identity
    charger.save()
    return charger


@pytest.fixture(scope="module", params=ACTS, ids=str)
def charge(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Charge]:
    """A charge in either version, begun once: whatever is said is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield begin(request.param)
        transaction.set_rollback(True)


def begin(protocol: Protocol) -> Charge:
    world, elsewhere = build_world(), build_elsewhere()
    stop = world.stop_of(world.accept("Alice"))
    (neighbour,) = (unit for unit in world.units.values() if unit.id != stop.unit_id)
    azur = speak(stop.unit.charger, "MC-VAN-1")
    others = {
        "neighbour": speak(neighbour.charger, "MC-VAN-2"),
        "stranger": speak(elsewhere.units["Zephyr"].charger, "EP-VAN-1"),
    }
    desk, crew = Desk(azur, protocol), Crew(world)
    crew.go_to(stop)
    world.wait(seconds=stop.setup_s)
    stop = crew.do("start", stop)
    talk = Talk(desk, token_of(stop))  # type: ignore[arg-type]  # says the same words
    answer = desk.say(*talk.start_words(world.now, 1_000))
    talk.number, talk.seq = answer.get("transactionId", 0), 0
    world.wait(minutes=2)
    desk.say(*talk.meter_words(world.now, 2_000))
    return Charge(protocol, stop, azur, others, talk.number, talk.ref)


def say(link: Link, action: str, payload: dict[str, Any], *, shared: bool) -> list[Any]:
    """Say it as it comes over the line: read first, then answered."""
    text = Call("m", action, payload).to_json()
    call = hear(text, link.protocol)
    if not isinstance(call, Call):
        return list(json.loads(call.answer))
    (answer,) = answer_calls([Asked(link, call, text)]) if shared and is_shared(call) else (None,)
    return list(json.loads((answer or answer_call(link, call, text)).text))
