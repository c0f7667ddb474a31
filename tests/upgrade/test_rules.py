"""Expand and contract: no migration since the released one breaks the version that still runs beside it.

What may not be done is looked for in each migration's own SQL by django-migration-linter: dropping or
renaming what the old version reads, a column it does not know and would have to fill, another type, a lock
that keeps everybody waiting while an index is built. What is no longer needed is dropped one version later.
"""

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import Migration
from django.db.migrations.operations import AddField, RemoveField
from django.db.models import TextField
from django_migration_linter import MigrationLinter

from tests.real_database import committed
from tests.upgrade.released import RELEASED, list_newer

DISK = MigrationLoader(None).disk_migrations


__all__ = ["committed"]


@pytest.fixture
def linter(committed):
    # Not within a test's own transaction: an index that is built beside the work cannot be in one.
    return MigrationLinter(all_warnings_as_errors=True, no_cache=True, no_output=True)


def test_the_released_migrations_are_there():
    assert {(app, name) for app, name in RELEASED.items()} <= DISK.keys()


@pytest.mark.parametrize(("app", "name"), [pytest.param(*key, id=".".join(key)) for key in list_newer(DISK)])
def test_the_old_version_can_go_on_beside_it(linter, app, name, capsys):
    linter.no_output = False
    linter.lint_migration(DISK[app, name])
    assert linter.nb_erroneous == 0, capsys.readouterr().out


def a_column_without_a_default():
    return AddField("message", "more", TextField(default=""), preserve_default=False)


def a_column_taken_away():
    return RemoveField("message", "text")


@pytest.mark.parametrize("build", [a_column_without_a_default, a_column_taken_away])
def test_what_would_break_it_is_found(linter, build, monkeypatch):
    last = max(name for app, name in DISK if app == "dispatch")

    class Wrong(Migration):
        operations = [build()]

    with connection.schema_editor(collect_sql=True) as editor:
        state = linter.migration_loader.project_state(("dispatch", last))
        Wrong("wrong", "dispatch").apply(state, editor, collect_sql=True)
    monkeypatch.setattr(linter, "get_sql", lambda *_: editor.collected_sql)
    linter.lint_migration(DISK["dispatch", last])
    assert linter.nb_erroneous == 1
