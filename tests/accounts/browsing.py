"""A browser at the doors of accounts: it keeps cookies and sends the token its page read."""

import re
from typing import Any
from urllib.parse import unquote
from uuid import uuid4

from django.core import mail
from django.test import Client


class Browser:
    """One browser; `HTTP_USER_AGENT` is what it says it is."""

    def __init__(self, **said: str) -> None:
        self.client = Client(enforce_csrf_checks=True, **said)
        self.client.get("/")

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(path, **headers)

    def post(self, path: str, body: Any = None) -> Any:
        return self._send("post", path, body)

    def delete(self, path: str, body: Any = None) -> Any:
        return self._send("delete", path, body)

    def put(self, path: str, body: Any = None) -> Any:
        return self._send("put", path, body)

    def sign_in(self, email: str, password: str) -> Any:
        return self.post("/api/auth/session", {"email": email, "password": password})

    @property
    def who(self) -> str | None:
        """Whose browser it is."""
        person = self.get("/api/me").json()["person"]
        return person and person["name"]

    def _send(self, method: str, path: str, body: Any) -> Any:
        csrf = self.client.cookies["csrftoken"].value
        send = getattr(self.client, method)
        headers = {"HTTP_X_CSRFTOKEN": csrf, "HTTP_IDEMPOTENCY_KEY": str(uuid4())}
        return send(path, {} if body is None else body, "application/json", **headers)


def codes(answer: Any) -> list[str]:
    """The codes of the library's refusal."""
    return [error["code"] for error in answer.json()["errors"]]


def read_link(room: str) -> str:
    """The secret behind the # of the last letter's link to this room."""
    found = re.search(rf"http://testserver/account/{room}#(\S+)", str(mail.outbox[-1].body))
    assert found, mail.outbox[-1].body
    return unquote(found[1])
