"""Where a person is signed in: browsers' sessions and programs' tokens, listed and ended.

Sockets that were opened with what is ended here close within five seconds: they ask again and again.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from knox.models import AuthToken

from accounts.callers import Caller
from accounts.models import Person

DIGITS = 16


@dataclass(frozen=True, slots=True)
class SignIn:
    """One place where somebody is signed in; `client` and `ip` as they were when it began."""

    id: str
    kind: Literal["session", "token"]
    created_at: datetime
    expires_at: datetime | None
    client: str
    ip: str | None
    current: bool


def list_sign_ins(caller: Caller, session_key: str | None, held: object, at: datetime) -> list[SignIn]:
    """List the caller's own, the newest first; `held` is the token this call was sent with."""
    person = Person.objects.of(caller).get(pk=caller.person_id)
    sessions = [_show_session(row, session_key) for row in person.usersession_set.all() if not row.purge()]
    tokens = [_show_token(row, held) for row in person.auth_token_set.filter(expiry__gt=at)]
    return sorted([*sessions, *tokens], key=lambda each: each.created_at, reverse=True)


def end_sign_in(caller: Caller, sign_in_id: str) -> bool:
    """End one of the caller's own; False: there is none of this name."""
    person = Person.objects.of(caller).get(pk=caller.person_id)
    kind, _, name = sign_in_id.partition("-")
    if kind == "session" and name.isdecimal() and len(name) < DIGITS:
        ended = list(person.usersession_set.filter(pk=int(name)))
        for row in ended:
            row.end()
        return bool(ended)
    if kind == "token" and len(name) == DIGITS:
        return bool(person.auth_token_set.filter(digest__startswith=name).delete()[0])
    return False


def end_others(caller: Caller, session_key: str | None, held: object) -> None:
    """End all but the one this call was sent with."""
    person = Person.objects.of(caller).get(pk=caller.person_id)
    for row in person.usersession_set.exclude(session_key=session_key or ""):
        row.end()
    kept = held.digest if isinstance(held, AuthToken) else ""
    person.auth_token_set.exclude(digest=kept).delete()


def forget_ended_tokens(person: Person, at: datetime) -> None:
    """Forget a person's tokens that have run out."""
    held: Any = person
    held.auth_token_set.filter(expiry__lt=at).delete()


def end_tokens(person: Person) -> None:
    """End what programs hold: a new password ends them as it ends sessions."""
    held: Any = person
    held.auth_token_set.all().delete()


def _show_session(row: Any, session_key: str | None) -> SignIn:
    return SignIn(
        id=f"session-{row.pk}",
        kind="session",
        created_at=row.created_at,
        expires_at=None,
        client=row.user_agent,
        ip=row.ip,
        current=row.session_key == session_key,
    )


def _show_token(row: AuthToken, held: object) -> SignIn:
    return SignIn(
        id=f"token-{row.digest[:DIGITS]}",
        kind="token",
        created_at=row.created,
        expires_at=row.expiry,
        client="",
        ip=None,
        current=isinstance(held, AuthToken) and held.digest == row.digest,
    )
