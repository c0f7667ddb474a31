"""A backup is made while the house works and comes back whole; one that is not whole is refused."""

import base64
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Event as Flag
from urllib.parse import quote

import pytest
from django.db import connection

from accounts.models import Operator
from dispatch.management.backup import restoring
from dispatch.management.backup.errors import NotMade, NotTaken
from dispatch.management.backup.making import make_backup
from dispatch.management.backup.manifest import DUMP, NAME
from dispatch.management.backup.restoring import restore
from dispatch.management.backup.server import find_server
from dispatch.models import ChargeRequest, Vehicle
from tests.backup.conftest import NIGHT

ROOT = Path(__file__).resolve().parents[2]


def manage(server, *words):
    user, host = server.environment["PGUSER"], quote(server.environment["PGHOST"], safe="")
    address = f"postgresql://{user}@/{server.database}?host={host}"
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT, env={**os.environ, "DATABASE_URL": address}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def be_quiet(_words):
    pass


def names(server):
    with server.talk() as line:
        found = line.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{server.database}%"])
        return {name for (name,) in found.fetchall()}


def put_something(server, rows=1):
    """Let there be data which a restore would replace."""
    with server.talk() as line:
        line.execute(f'CREATE DATABASE "{server.database}"')
    with server.talk(server.database) as line:
        line.execute("CREATE TABLE old_data AS SELECT 1 AS kept")


def still_says(server):
    with server.talk(server.database) as line:
        return line.execute("SELECT kept FROM old_data").fetchone() == (1,)


def test_a_day_comes_back_as_it_was_and_its_books_hold(lived, elsewhere, tmp_path):
    done, go_on = Flag(), Flag()

    def work():
        """Somebody goes on writing all the time."""
        while not done.is_set():
            Operator.objects.create(name="one more")
            go_on.set()
        connection.close()

    with ThreadPoolExecutor() as pool:
        working = pool.submit(work)
        assert go_on.wait(10)
        folder, manifest = make_backup(find_server(), tmp_path, NIGHT)
        done.set()
        working.result()
    assert manifest.rows["accounts_operator"] < Operator.objects.count()
    assert [path.name for path in tmp_path.iterdir()] == ["voltrun-20261101T030000Z"]
    back, old = restore(elsewhere, folder, NIGHT, be_quiet)
    assert (back, old) == (manifest, None)
    assert names(elsewhere) == {elsewhere.database}
    with elsewhere.talk(elsewhere.database) as line:
        count = line.execute("SELECT count(*) FROM dispatch_chargerequest").fetchone()
        plate = line.execute("SELECT plate FROM dispatch_vehicle WHERE name = %s", ["Alice's car"]).fetchone()
    assert count == (ChargeRequest.objects.count(),)
    assert plate[0].startswith("sealed:tests:")
    audited = manage(elsewhere, "audit")
    assert "0 findings" in audited.stdout, audited.stdout + audited.stderr
    assert Vehicle.objects.filter(name="Alice's car").exists()


def test_the_old_data_makes_room_and_is_kept_beside_it(made, elsewhere):
    put_something(elsewhere)
    _, old = restore(elsewhere, made, NIGHT + timedelta(hours=1), be_quiet)
    assert old == f"{elsewhere.database}_before_20261101t040000"
    assert names(elsewhere) == {elsewhere.database, old}
    with elsewhere.talk(elsewhere.database) as line:
        assert line.execute("SELECT count(*) FROM dispatch_chargerequest").fetchone() == (0,)


def change(made, **said):
    written = json.loads((made / NAME).read_text())
    (made / NAME).write_text(json.dumps({**written, **said}))


def cut_the_dump(made):
    (made / DUMP).write_bytes((made / DUMP).read_bytes()[:-100])


def spoil_the_dump(made):
    spoilt = bytearray((made / DUMP).read_bytes())
    spoilt[len(spoilt) // 2] ^= 0xFF
    (made / DUMP).write_bytes(spoilt)


def lose_the_dump(made):
    (made / DUMP).unlink()


def lose_the_manifest(made):
    (made / NAME).unlink()


def spoil_the_manifest(made):
    (made / NAME).write_text("{")


WRONG = {
    cut_the_dump: "is broken: database.dump",
    spoil_the_dump: "is broken: database.dump",
    lose_the_dump: "is broken: database.dump",
    lose_the_manifest: "holds no backup",
    spoil_the_manifest: "cannot be read",
    lambda made: change(made, what="holiday pictures"): "no backup of this house",
    lambda made: change(made, format=99): "has the format 99",
    lambda made: change(made, more=1): "is not whole",
    lambda made: change(made, migrations=["dispatch.9999_later"]): "another version",
    lambda made: change(made, keys={"k9": "0"}): "sealed with k9",
    lambda made: change(made, rows={"dispatch_chargerequest": 7}): "Not everything came back",
}


@pytest.mark.parametrize("spoil", WRONG, ids=[text.replace(" ", "-") for text in WRONG.values()])
def test_what_is_broken_or_foreign_is_refused_and_the_old_data_stays(made, elsewhere, spoil):
    put_something(elsewhere)
    spoil(made)
    with pytest.raises(NotTaken, match=WRONG[spoil]):
        restore(elsewhere, made, NIGHT, be_quiet)
    assert names(elsewhere) == {elsewhere.database}
    assert still_says(elsewhere)


def test_a_key_of_the_same_name_that_is_another_key_is_found_out(lived, elsewhere, tmp_path, settings):
    folder, manifest = make_backup(find_server(), tmp_path, NIGHT)
    assert manifest.keys.keys() == {"tests"}
    settings.FIELD_KEYS = f"tests:{base64.b64encode(b'x' * 32).decode()}"
    with pytest.raises(NotTaken, match="sealed with tests"):
        restore(elsewhere, folder, NIGHT, be_quiet)


def test_while_somebody_works_with_the_data_it_is_not_replaced(made, elsewhere, monkeypatch):
    monkeypatch.setattr(restoring, "_LEAVE_WITHIN_S", 0)
    put_something(elsewhere)
    with elsewhere.talk(elsewhere.database), pytest.raises(NotTaken, match="stop the house first"):
        restore(elsewhere, made, NIGHT, be_quiet)
    assert still_says(elsewhere)


def test_what_an_interrupted_restore_left_is_cleared(made, elsewhere):
    with elsewhere.talk() as line:
        line.execute(f'CREATE DATABASE "{elsewhere.database}_restoring"')
    restore(elsewhere, made, NIGHT, be_quiet)
    assert names(elsewhere) == {elsewhere.database}


def test_where_nothing_can_be_written_nothing_is_left(committed, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(NotMade, match="cannot be written"):
        make_backup(find_server(), tmp_path / "file", NIGHT)


def test_a_backup_is_its_owners_alone_and_holds_no_key(lived, tmp_path):
    folder, _ = make_backup(find_server(), tmp_path, NIGHT)
    assert folder.stat().st_mode & 0o077 == 0
    assert (folder / DUMP).stat().st_mode & 0o077 == 0
    key = os.environ["FIELD_KEYS"].partition(":")[2]
    assert not any(key.encode() in path.read_bytes() for path in folder.iterdir())
