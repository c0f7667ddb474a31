"""Who knocks: everybody there is, each with the credential they would really send."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from knox.models import AuthToken

from accounts.models import Device, Person
from accounts.roles import Role
from tests.cast import Credential, Door, make_person, open_door
from tests.doors.things import Scene

# A credential that holds no more, or never did; and a browser's session that was ended.
PROVES_NOTHING = ("expired", "invented")
GUESTS = ("nobody", "revoked", *PROVES_NOTHING)
WHO = (
    *GUESTS,
    "alice",  # whose car it is
    "bob",  # another driver
    "dana",  # Riviera's dispatcher
    "otto",  # another operator's dispatcher
    "olga",  # Riviera's owner
    "cora",  # on Azur, which comes to Alice
    "cory",  # on Corail, of the same operator
    "tablet",  # Azur's own device
    "stray",  # Corail's
)


@dataclass(frozen=True)
class Staff:
    """Who is not in the small world and is needed here."""

    otto: Person
    cory: Person


def hire(scene: Scene) -> Staff:
    """Otto dispatches for Elsewhere Power, Cory crews Corail."""
    otto = make_person("Otto", scene.elsewhere.operator, Role.DISPATCHER)
    cory = make_person("Cory", scene.world.operator, Role.CREW)
    scene.world.people["Cory"] = cory
    scene.world.give_shift(scene.stray, "Cory")
    scene.world.give_shift(scene.unit, "Cora")
    return Staff(otto, cory)


def open_doors(scene: Scene, staff: Staff) -> dict[str, Door]:
    """Return the API as each of them sees it."""
    people = {name.lower(): person for name, person in scene.world.people.items()}
    named = {name: open_door(people[name]) for name in ("alice", "bob", "dana", "olga", "cora")}
    return {
        "nobody": open_door(),
        "expired": bearer(expired_token(people["alice"])),
        "invented": bearer("0" * 64),
        "revoked": revoked_session(people["alice"]),
        **named,
        "otto": open_door(staff.otto),
        "cory": open_door(staff.cory),
        "tablet": device(scene, scene.unit.id),
        "stray": device(scene, scene.stray.id),
    }


def bearer(text: str) -> Door:
    door = Door()
    door.credentials(HTTP_AUTHORIZATION=f"Bearer {text}")
    return door


def expired_token(person: Person) -> str:
    text: str = AuthToken.objects.create(user=person, expiry=timedelta(seconds=-1))[1]
    return text


def revoked_session(person: Person) -> Door:
    """A browser that still sends the cookie of a session its owner ended elsewhere."""
    door = Door()
    door.cookies["sessionid"] = ended_session(person)
    return door


def ended_session(person: Person) -> str:
    signed_in = Client()
    signed_in.force_login(person)
    key: str = signed_in.cookies["sessionid"].value
    SessionStore(key).delete()
    return key


def device(scene: Scene, unit: object) -> Door:
    return open_door(Credential(*Device.issue(scene.world.operator.id, unit, "tablet")))
