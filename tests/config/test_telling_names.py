"""Log lines as they are written: whatever was said, they tell nobody's name, address, plate or place."""

import json
import logging
from io import StringIO

import pytest
import structlog
from django.db import IntegrityError, transaction

from accounts.models import Person
from config.masks import MASK as HIDDEN
from config.telling_names import list_telling
from dispatch.models.privacy import REGISTER

log = structlog.get_logger("dispatch.somewhere")


@pytest.fixture
def written(monkeypatch):
    """Read back the last line the house's own handler wrote."""
    out = StringIO()
    (handler,) = (found for found in logging.getLogger().handlers if type(found) is logging.StreamHandler)
    monkeypatch.setattr(handler, "stream", out)
    return lambda: json.loads(out.getvalue().splitlines()[-1])


def test_the_names_come_from_the_register():
    telling = {name for fields in REGISTER.values() for name, rule in fields.items() if rule.telling}
    assert {"email", "name", "password", "plate", "place_text", "lat", "lon", "text", "content"} <= telling
    assert {"email", "name", "password", "plate", "place_text", "lat", "lon", "text"} <= list_telling()


def test_ids_numbers_and_codes_stand(written):
    log.info(
        "replanned",
        area="a1",
        request="r1",
        plan=7,
        version=12,
        causes=["asked"],
        status=201,
        at="2026-06-10",
    )
    told = written()
    assert HIDDEN not in json.dumps(told)
    assert (told["event"], told["version"], told["causes"]) == ("replanned", 12, ["asked"])


@pytest.mark.parametrize("name", ["email", "name", "password", "plate", "place_text", "lat", "lon", "text"])
def test_a_telling_name_tells_nothing_wherever_it_stands(written, name):
    log.warning("something", **{name: "Alice"}, inner={"rows": [{name: "Alice", "code": "x"}]})
    told = written()
    assert told[name] == HIDDEN
    assert told["inner"]["rows"] == [{name: HIDDEN, "code": "x"}]


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("no mail to alice.b+x@example.test today", f"no mail to {HIDDEN} today"),
        ("GET /api/places?q=casino&lat=43.7396&lon=7.4275", f"?q={HIDDEN}&lat={HIDDEN}&lon={HIDDEN}"),
        ("at (43.739612, 7.427512)", f"at ({HIDDEN})"),
    ],
)
def test_what_looks_like_it_is_hidden_in_words(written, said, left):
    logging.getLogger("some.library").warning(said)
    assert left in written()["event"]


def test_a_librarys_own_record_with_arguments_is_hidden_too(written):
    logging.getLogger("some.library").error("no answer for %s", "alice@example.test")
    assert written()["event"] == f"no answer for {HIDDEN}"


def test_a_traceback_does_not_quote_the_row_a_database_refused(written, db):
    # The lines of this very test are quoted, too: they must not say it themselves.
    somebody = {"email": "ALICE@example.test".lower(), "name": "ALICE".title()}
    Person.objects.create_user(**somebody)
    try:
        with transaction.atomic():
            Person.objects.create_user(**somebody)
    except IntegrityError:
        log.exception("not_written")
    told = written()
    assert "IntegrityError" in told["exception"]
    assert not any(said in json.dumps(told) for said in somebody.values())


def test_what_is_no_word_is_made_one_and_looked_at(written):
    log.error("failed", error=ValueError("alice@example.test is known"))
    assert written()["error"] == f"{HIDDEN} is known"
