"""The people of the tests: small, named, always the same. As fixtures, and as callers of the API."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from knox.models import AuthToken
from rest_framework.test import APIClient

from accounts.models import Device, Membership, Operator, Person
from accounts.roles import Role

PASSWORD = "correct horse battery"
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


class Door(APIClient):
    """The API as one caller sees it: signed in, with a fresh key for every unsafe call."""

    def generic(self, method: str, path: str, *args: Any, **extra: Any) -> Any:
        """Send; `HTTP_IDEMPOTENCY_KEY=None` sends no key at all."""
        if method in UNSAFE:
            extra.setdefault("HTTP_IDEMPOTENCY_KEY", str(uuid4()))
        sent = {name: value for name, value in extra.items() if value is not None}
        return super().generic(method, path, *args, **sent)


@dataclass(frozen=True)
class Credential:
    """A device and what it signs in with."""

    device: Device
    text: str


def open_door(who: Person | Credential | None = None) -> Door:
    """Return the API as this person, this device, or nobody sees it."""
    door = Door()
    if isinstance(who, Person):
        door.credentials(HTTP_AUTHORIZATION=f"Bearer {AuthToken.objects.create(user=who)[1]}")
    elif isinstance(who, Credential):
        door.credentials(HTTP_AUTHORIZATION=f"Bearer {who.text}")
    return door


def make_person(name: str, operator: Operator | None = None, role: Role | None = None) -> Person:
    """Make a person who signs in by token only: hashing a password takes long."""
    person = Person.objects.create_user(f"{name.lower()}@example.test", name=name)
    if operator and role:
        Membership.objects.create(person=person, operator=operator, role=role)
    return person


@pytest.fixture
def riviera(db: None) -> Operator:
    """The operator most stories are about."""
    return Operator.objects.create(name="Riviera Charge")


@pytest.fixture
def elsewhere(db: None) -> Operator:
    """Another operator, who must not see a thing."""
    return Operator.objects.create(name="Elsewhere Power")


@pytest.fixture
def alice(db: None) -> Person:
    """A driver."""
    return make_person("Alice")


@pytest.fixture
def bob(db: None) -> Person:
    """Another driver."""
    return make_person("Bob")


@pytest.fixture
def dana(riviera: Operator) -> Person:
    """Riviera's dispatcher."""
    return make_person("Dana", riviera, Role.DISPATCHER)


@pytest.fixture
def otto(elsewhere: Operator) -> Person:
    """Elsewhere's dispatcher."""
    return make_person("Otto", elsewhere, Role.DISPATCHER)


@pytest.fixture
def cora(riviera: Operator) -> Person:
    """Riviera's crew."""
    return make_person("Cora", riviera, Role.CREW)


@pytest.fixture
def olga(riviera: Operator) -> Person:
    """Riviera's owner."""
    return make_person("Olga", riviera, Role.OWNER)


@pytest.fixture
def tablet(riviera: Operator) -> Credential:
    """A device in one of Riviera's units (which one is nobody's business here)."""
    return Credential(*Device.issue(riviera.id, uuid4(), "tablet"))


@pytest.fixture
def door() -> Callable[[Person | Credential | None], Door]:
    """Open the API as somebody: `door(alice).get("/api/me")`."""
    return open_door


@pytest.fixture
def guest_door(db: None) -> Door:
    """The API as nobody sees it."""
    return open_door()
