"""Who opens a socket, and whether they still may."""

from datetime import timedelta

import pytest
from channels.db import database_sync_to_async
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from knox.models import AuthToken

from accounts import socket_auth
from accounts.callers import Caller, Kind
from accounts.gathering import Gathering
from accounts.rereading import reread_callers
from accounts.socket_auth import TRY_AGAIN, SocketAuth, read_caller
from tests.cast import make_person


def cookie_of(client: Client) -> dict[bytes, bytes]:
    return {b"cookie": f"other=1; sessionid={client.cookies['sessionid'].value}".encode()}


def bearer(text: str) -> dict[bytes, bytes]:
    return {b"authorization": f"Bearer {text}".encode()}


def test_a_session_cookie_is_its_person(alice):
    client = Client()
    client.force_login(alice)
    assert read_caller(cookie_of(client)) == Caller.of_person(alice)


def test_a_session_that_ended_is_nobodys(alice):
    client = Client()
    client.force_login(alice)
    headers = cookie_of(client)
    client.logout()
    assert read_caller(headers) == Caller.anonymous()


def test_a_new_password_ends_the_sessions_before_it(alice):
    client = Client()
    client.force_login(alice)
    headers = cookie_of(client)
    alice.set_password("another one")
    alice.save()
    assert read_caller(headers) == Caller.anonymous()


def test_a_token_is_its_person_until_it_is_taken_away(alice):
    held, token = AuthToken.objects.create(user=alice)
    assert read_caller(bearer(token)) == Caller.of_person(alice)
    held.delete()
    assert read_caller(bearer(token)) == Caller.anonymous()


def test_a_device_is_itself_until_it_is_revoked(tablet):
    assert read_caller(bearer(tablet.text)).kind is Kind.DEVICE
    tablet.device.revoke(timezone.now())
    assert read_caller(bearer(tablet.text)) == Caller.anonymous()


@pytest.mark.parametrize(
    "headers", [{}, bearer(""), {b"authorization": b"Bearer \xff\xfe"}, {b"cookie": b"sessionid=x"}]
)
def test_what_proves_nothing_is_a_guests(db, headers):
    assert read_caller(headers) == Caller.anonymous()


@pytest.mark.django_db(transaction=True)
async def test_an_open_socket_learns_that_its_caller_lost_the_right():
    person = await database_sync_to_async(make_person)("Alice")
    held, token = await database_sync_to_async(AuthToken.objects.create)(user=person)
    seen = {}

    async def consumer(scope, receive, send):
        seen["first"] = scope["caller"]
        await database_sync_to_async(held.delete)()
        seen["later"] = await scope["reread_caller"]()

    await SocketAuth(consumer)({"headers": list(bearer(token).items())}, None, None)
    assert (seen["first"].person_id, seen["later"]) == (person.id, Caller.anonymous())


async def test_without_a_database_nobody_is_known_and_a_client_is_told_to_try_again(monkeypatch):
    def away(headers):
        raise OperationalError

    monkeypatch.setattr(socket_auth, "_first", Gathering(away, gather_s=0.01))
    sent = []

    async def send(message):
        sent.append(message)

    await SocketAuth(None)({"headers": []}, None, send)
    assert sent == [{"type": "websocket.close", "code": TRY_AGAIN}]


def test_many_read_at_once_are_whom_each_is_alone(alice, tablet):
    """Also after a right was lost in between."""
    client, gone = Client(), Client()
    client.force_login(alice)
    gone.force_login(alice)
    out = cookie_of(gone)
    gone.logout()
    token = AuthToken.objects.create(user=alice)[1]
    expired = AuthToken.objects.create(user=alice, expiry=timedelta(seconds=-1))[1]
    many = [
        cookie_of(client), out, bearer(token), bearer(expired), bearer(token[:-1] + "x"), bearer(tablet.text),
        bearer(tablet.text + "x"), bearer("vd_x_y"), bearer(f"vd_{'0' * 32}_y"), {}, bearer(""),
        {b"authorization": b"Bearer \xff\xfe"}, {b"authorization": b"Bearer vd_\xff"},
        {b"cookie": b"sessionid=x"}, {b"authorization": b"Basic x"}, bearer(token),
    ]  # fmt: skip
    assert reread_callers(many) == [read_caller(headers) for headers in many]
    alice.is_active = False
    alice.save()
    tablet.device.revoke(timezone.now())
    assert set(reread_callers(many)) == {Caller.anonymous()}


def test_a_hundred_sockets_are_read_again_with_few_questions(db, django_assert_max_num_queries):
    people = [make_person(f"P{number}") for number in range(10)]
    many = [bearer(AuthToken.objects.create(user=person)[1]) for person in people for _ in range(10)]
    with django_assert_max_num_queries(4):
        assert len({caller.person_id for caller in reread_callers(many)}) == 10
