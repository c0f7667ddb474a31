"""What stands between our pages and whoever wishes them ill."""

import os
import subprocess
import sys

import pytest
from django.conf import settings as house
from django.core.exceptions import ImproperlyConfigured

from config.demo import LoopbackOnly, is_loopback, require_loopback
from config.policy import build_policy

# As a house is run on the internet.
PRODUCTION = {
    "SECRET_KEY": "nobody knows it, and it is long enough: 0123456789 abcdefghijklmnop",
    "ALLOWED_HOSTS": "charge.example",
    "HTTPS": "1",
    "DEMO": "",
    "DEBUG": "",
}


@pytest.mark.parametrize("address", ["/", "/static/theme.js", "/api/me", "/healthz", "/nowhere", "/account/"])
def test_every_answer_says_what_a_page_may_do(client, db, address):
    answer = client.get(address)
    # Read to its end, so that no file stays open.
    assert answer.getvalue()
    policy = set(answer["Content-Security-Policy"].split("; "))
    assert {"script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"} <= policy
    assert "unsafe" not in str(policy)
    assert "geolocation=()" in answer["Permissions-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(("https", "said"), [(True, True), (False, False)])
def test_only_behind_tls_a_page_asks_for_all_by_tls(https, said):
    assert build_policy(https)["upgrade-insecure-requests"] is said


def test_the_pages_of_the_api_have_no_script_in_them(client, db):
    page = client.get("/api/docs/").content.decode()
    assert page.count("<script ") == page.count("<script") == 3
    assert "<style" not in page
    script = client.get("/api/docs/?script=")
    assert script["Content-Type"].startswith("application/javascript")
    assert "SwaggerUIBundle" in script.content.decode()


def test_a_production_house_has_nothing_to_be_warned_of():
    checked = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=house.BASE_DIR,
        env={**os.environ, **PRODUCTION},
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr
    assert "no issues" in checked.stdout


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.0.1", "[::1]", "::1", "LOCALHOST"])
def test_a_demo_answers_on_its_own_machine(host):
    require_loopback(True, [host])


@pytest.mark.parametrize("host", ["*", "charge.example", "10.0.0.7", "0.0.0.0", "[::]", "localhost.example"])
def test_a_demo_that_is_to_answer_the_outside_does_not_start(host):
    with pytest.raises(ImproperlyConfigured, match="this machine alone"):
        require_loopback(True, ["localhost", host])
    require_loopback(False, [host])


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    ("client", "let_in"),
    [(("127.0.0.1", 4000), True), (("::1", 4000), True), (("192.0.2.7", 4000), False), (None, True)],
)
async def test_whatever_a_demo_listens_at_strangers_are_turned_away(kind, client, let_in):
    inside, sent = [], []

    async def inner(scope, receive, send):
        inside.append(scope)

    async def send(message):
        sent.append(message)

    await LoopbackOnly(inner)({"type": kind, "client": client}, None, send)
    assert (bool(inside), not sent) == (let_in, let_in)
    assert let_in or sent[0] in (
        {"type": "http.response.start", "status": 403, "headers": []},
        {"type": "websocket.close", "code": 4404},
    )


def test_a_name_that_only_looks_like_ours_is_not():
    assert not is_loopback("127.0.0.1.example")
