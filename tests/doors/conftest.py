"""The scene is built once: each try at a door is undone afterwards."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import transaction
from pytest_django import Settings
from pytest_django.plugin import DjangoDbBlocker

from accounts.quotas import find_counter
from dispatch.api import readiness
from tests.doors.people import WHO, hire, open_doors
from tests.doors.things import build_scene


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[SimpleNamespace]:
    """The scene, and the API as everybody in it sees it."""
    with django_db_blocker.unblock(), transaction.atomic():
        scene = build_scene()
        yield SimpleNamespace(scene=scene, doors=open_doors(scene, hire(scene)))
        transaction.set_rollback(True)


@pytest.fixture
def files(settings: Settings, tmp_path: Path) -> None:
    """Built pages and a basemap, small ones."""
    settings.FRONTEND_DIST = settings.VAR_DIR = tmp_path
    city = tmp_path / "city" / settings.CITY
    city.mkdir(parents=True)
    for path in (tmp_path / "index.html", tmp_path / "driver.html", tmp_path / "sw.js", city / "a.pmtiles"):
        path.write_text("built")


@pytest.fixture
def undone(stage, db, files, settings, monkeypatch):
    """Each test begins with the scene as it was built; wrong passwords are not dear, nothing is counted."""
    # Whether a planner is at work is no matter of walls.
    monkeypatch.setattr(readiness, "_ON_DATABASE", {})
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Everybody asks for a letter to the same address here.
    monkeypatch.setitem(settings.RATES, "sign_up", (len(WHO), 60))
    find_counter().valkey.reset()
