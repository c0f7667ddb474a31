"""A system at work is upgraded: the version before goes on accepting all the while, and nothing is lost.

The old version is here as its migrations remember it: the models of the released schema, which write the
columns they know and no others.
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Event as Flag
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

from dispatch.management.backup.server import Server, find_server
from tests.small_world import CASINO, TEN
from tests.upgrade.released import RELEASED

ROOT = Path(__file__).resolve().parents[2]
# Longer than this no client waits: what is not answered by then is lost.
PATIENCE_S = 30.0


@pytest.fixture
def old_house(django_db_setup, django_db_blocker):
    """A database of the released schema, spoken to as `old`."""
    with django_db_blocker.unblock():
        ours = find_server()
        server = Server(f"{ours.database}_upgraded", ours.environment)
        with server.talk() as line:
            line.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(server.database)))
        said = {**connections["default"].settings_dict, "NAME": server.database, "OPTIONS": {}}
        connections.databases["old"] = said
        try:
            MigrationExecutor(connections["old"]).migrate(
                [*RELEASED.items(), ("knox", "0009_extend_authtoken_field")]
            )
            yield server
        finally:
            connections["old"].close()
            del connections["old"]
            del connections.databases["old"]
            with server.talk() as line:
                line.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(server.database)))


class OldVersion:
    """Accepts requests as the released version writes them."""

    def __init__(self) -> None:
        state = MigrationExecutor(connections["old"]).loader.project_state(list(RELEASED.items()))
        self.models = state.apps.get_model
        self.accepted: list[str] = []
        self.slowest_s = 0.0

    def make(self, model, /, **values):
        return self.models(*model.split(".")).objects.using("old").create(id=uuid4(), **values)

    def open(self):
        """Set up what was there before the first request."""
        self.operator = self.make("accounts.Operator", name="Riviera")
        self.area = self.make(
            "dispatch.ServiceArea", operator=self.operator, slug="monaco", name="Monaco",
            time_zone="Europe/Monaco", currency="EUR", locale="fr", vat_bp=2000, roads="monaco", west=7.4,
            south=43.7, east=7.5, north=43.8, centre_lat=43.7, centre_lon=7.4,
        )  # fmt: skip
        depot = self.make(
            "dispatch.Depot", operator=self.operator, area=self.area, slug="d", name="d", lat=1, lon=1
        )
        self.unit = self.make(
            "dispatch.Unit", operator=self.operator, area=self.area, home=depot, name="Azur", kind="van",
            mobility="road", profile="car", height_mm=1, weight_kg=1, shares_pack=False, drive_wh_per_km=1,
            aux_w=1, cost_per_km_milli=1, cost_per_h_milli=1,
        )  # fmt: skip
        self.tariff = self.make(
            "dispatch.Tariff", operator=self.operator, area=self.area, version=1, valid_from=TEN,
            callout_minor=1, energy_minor_per_kwh=1, stranded_minor=1, cancel_minor=1,
        )  # fmt: skip
        self.person = self.make("accounts.Person", email="alice@example.test", name="Alice")

    def accept(self):
        """Quote and accept, for a car of its own; remember the id once it is committed."""
        begun = time.monotonic()
        car = self.make(
            "dispatch.Vehicle", person=self.person, name="car", model="Volta", plate="MC 1", usable_wh=60_000,
            max_dc_w=1, connectors=[], curve=[],
        )  # fmt: skip
        window = {"earliest": TEN, "latest": TEN + timedelta(hours=1), "energy_wh": 15_000}
        where = {"lat": CASINO[0], "lon": CASINO[1], "place_text": "bay 14"}
        quote_ = self.make(
            "dispatch.Quote", person=self.person, vehicle=car, area=self.area, soc=0.3, created_at=TEN,
            plan_version=1, **window, **where,
        )  # fmt: skip
        offer = self.make(
            "dispatch.Offer", quote=quote_, operator=self.operator, unit=self.unit, tariff=self.tariff,
            kind="asap", position=0, arrival_p50=TEN, arrival_p90=TEN, ready_p90=TEN, soc_after=0.6, price={},
            expires_at=TEN, **window,
        )  # fmt: skip
        request = self.make(
            "dispatch.ChargeRequest", operator=self.operator, area=self.area, person=self.person, vehicle=car,
            offer=offer, tariff=self.tariff, soc_from=0.3, soc_after=0.6, setup_s=1, wrapup_s=1, price={},
            created_at=TEN, **window, **where,
        )  # fmt: skip
        self.accepted.append(str(request.id))
        self.slowest_s = max(self.slowest_s, time.monotonic() - begun)

    def go_on_until(self, told, begun):
        try:
            while not told.is_set():
                self.accept()
                begun.set()
        finally:
            connections["old"].close()


def test_requests_are_accepted_all_the_while_and_none_is_lost(old_house):
    old, told, begun = OldVersion(), Flag(), Flag()
    old.open()
    for _ in range(20):
        old.accept()
    with ThreadPoolExecutor() as pool:
        working = pool.submit(old.go_on_until, told, begun)
        assert begun.wait(10)
        before = len(old.accepted)
        done = migrate(old_house)
        while_migrating = len(old.accepted) - before
        told.set()
        working.result()
    assert done.returncode == 0, done.stderr
    assert while_migrating > 0
    # The old version goes on beside the new schema until the last of its processes is gone.
    old.accept()
    with old_house.talk(old_house.database) as line:
        rows = line.execute(
            "SELECT id::text FROM dispatch_chargerequest WHERE NOT rounded AND place_text <> ''"
        )
        assert {key for (key,) in rows.fetchall()} == set(old.accepted)
    assert old.slowest_s < PATIENCE_S
    # And the new one reads what the old one wrote, and seals it.
    sealed = manage(old_house, "rotate_keys")
    assert (
        f"dispatch_vehicle.plate: {len(old.accepted)} sealed anew; now tests {len(old.accepted)}"
        in sealed.stdout
    )


def migrate(server):
    return manage(server, "migrate", "--no-input", "--verbosity=0")


def manage(server, *words):
    user, host = server.environment["PGUSER"], quote(server.environment["PGHOST"], safe="")
    address = f"postgresql://{user}@/{server.database}?host={host}"
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT, env={**os.environ, "DATABASE_URL": address}, capture_output=True, text=True, check=False,
    )  # fmt: skip
