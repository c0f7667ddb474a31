"""Somebody who has no account yet, and whose address a letter has proved."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress

from accounts.models import Person


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What somebody without an account says of themselves."""

    name: str
    password: str


def make_person(email: str, newcomer: Newcomer) -> Person:
    """Make their account; the link they followed was sent to the address."""
    person = Person.objects.create_user(email, newcomer.password, name=newcomer.name)
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person
