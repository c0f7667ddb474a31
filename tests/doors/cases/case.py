"""One door's case: what is sent, and what each caller is answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.doors.people import GUESTS, PROVES_NOTHING, WHO

Expected = Mapping[str, int]


@dataclass(frozen=True)
class Case:
    """`body` and `query` name things of Riviera's as `"{stop}"`; `who` says the status by caller."""

    who: Expected
    body: Mapping[str, Any] = field(default_factory=dict)
    query: str = ""

    def __post_init__(self) -> None:
        """A case that forgets somebody says nothing about them."""
        assert self.who.keys() == set(WHO), set(WHO) ^ self.who.keys()


def all_of(status: int, **others: int) -> Expected:
    """Everybody is answered the same, but for these."""
    return {**dict.fromkeys(WHO, status), **others}


def anybody(status: int = 200) -> Expected:
    """Open to all; but who shows a credential that proves nothing is told so."""
    return all_of(status, **dict.fromkeys(PROVES_NOTHING, 401))


def signed_in(person: int, device: int = 403, **others: int) -> Expected:
    """Persons are answered one way, devices another, guests not at all."""
    devices = dict.fromkeys(("tablet", "stray"), device)
    return all_of(person, **{**devices, **dict.fromkeys(GUESTS, 401), **others})


def alices(status: int) -> Expected:
    """Alice's own: to all others, who may all be drivers too, it is not there."""
    return signed_in(404, alice=status)


def rivieras(status: int, stranger: int = 404) -> Expected:
    """Riviera's dispatchers' and owners'; to another operator's it is not there."""
    return signed_in(403, otto=stranger, dana=status, olga=status)


def olgas(status: int, refused: int = 403) -> Expected:
    """Riviera's owner's alone."""
    return signed_in(refused, olga=status)


def azurs(status: int, stranger: int = 404) -> Expected:
    """For whoever is on Azur; to the crews and devices of other units it is not there."""
    return signed_in(403, device=stranger, cora=status, tablet=status, cory=stranger)
