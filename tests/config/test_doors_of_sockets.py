"""Handshakes: an address nobody lives at and a page that is not ours are turned away, without a crash."""

import pytest

from config.asgi import application


async def shake_hands(path: str, origin: str | None = None) -> list[dict]:
    headers = [(b"host", b"localhost:8000")]
    if origin:
        headers.append((b"origin", origin.encode()))
    sent: list[dict] = []

    async def receive():
        return {"type": "websocket.connect"}

    async def send(message):
        sent.append(message)

    scope = {"type": "websocket", "path": path, "headers": headers, "query_string": b"", "subprotocols": []}
    await application(scope, receive, send)
    return sent


@pytest.mark.parametrize("origin", [None, "http://localhost:8000"])
async def test_an_address_nobody_lives_at(origin):
    assert await shake_hands("/ws/nobody", origin) == [{"type": "websocket.close", "code": 4404}]


@pytest.mark.parametrize("path", ["/ws/ops", "/ws/nobody"])
async def test_somebody_elses_page(path):
    assert await shake_hands(path, "http://evil.example") == [{"type": "websocket.close", "code": 4404}]
