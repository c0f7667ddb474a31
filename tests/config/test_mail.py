"""Letters go to a real server of mail where one is named."""

from collections.abc import Iterator
from email import message_from_bytes
from types import SimpleNamespace

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from django.core.exceptions import ImproperlyConfigured

from accounts.models import Person
from config.mail import read_mail
from dispatch.management.supervisor.ports import choose
from tests.accounts.browsing import Browser


class Box(Sink):
    """Keeps what it is given."""

    def __init__(self) -> None:
        self.letters: list = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  # the library's name
        self.letters.append((envelope.rcpt_tos, message_from_bytes(envelope.content)))
        return "250 kept"


@pytest.fixture
def post_office() -> Iterator[SimpleNamespace]:
    box = Box()
    port = choose()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield SimpleNamespace(url=f"smtp://127.0.0.1:{port}", letters=box.letters)
    controller.stop()


def test_a_letter_reaches_a_server_of_mail(post_office, settings, db, tmp_path):
    for name, value in read_mail(post_office.url, tmp_path).items():
        setattr(settings, name, value)
    Person.objects.create_user("alice@example.test", None, name="Alice")
    assert Browser().post("/auth/password/request", {"email": "alice@example.test"}).status_code == 200
    ((to, letter),) = post_office.letters
    assert (to, letter["From"]) == (["alice@example.test"], "Voltrun <no-reply@localhost>")
    assert "/account/reset#" in letter.get_payload(decode=True).decode()


def test_an_address_says_server_name_password_and_tls(tmp_path):
    read = read_mail("smtp://me%40house:s3%3Acret@mail.test", tmp_path)
    assert (read["EMAIL_HOST_USER"], read["EMAIL_HOST_PASSWORD"]) == ("me@house", "s3:cret")
    assert (read["EMAIL_HOST"], read["EMAIL_PORT"]) == ("mail.test", 587)
    assert (read["EMAIL_USE_TLS"], read["EMAIL_USE_SSL"]) == (True, False)
    secure = read_mail("smtps://mail.test", tmp_path)
    assert (secure["EMAIL_PORT"], secure["EMAIL_USE_TLS"], secure["EMAIL_USE_SSL"]) == (465, False, True)


@pytest.mark.parametrize("url", ["mail.test", "http://mail.test", "smtp://"])
def test_an_address_of_another_kind_is_refused(url, tmp_path):
    with pytest.raises(ImproperlyConfigured):
        read_mail(url, tmp_path)


def test_without_a_server_a_demo_keeps_letters_and_others_send_none(tmp_path):
    assert read_mail("", tmp_path)["EMAIL_FILE_PATH"] == str(tmp_path)
    assert read_mail("", None) == {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
