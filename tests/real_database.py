"""A database in which tests really commit, for what other threads and sockets must see.

It is swept by plain deletes afterwards: the flush of Django's own transactional tests takes many times
as long, and most of that for tables nobody touched.
"""

from functools import cache

import pytest
from django.db import connection, transaction
from django.test import TransactionTestCase

OURS = ("accounts_", "dispatch_", "knox_", "django_session")


@pytest.fixture
def committed(transactional_db: None) -> None:
    """Let a test commit; everything is forgotten afterwards."""


def sweep(self: TransactionTestCase) -> None:
    """Delete all rows of ours, in any order: every link is checked at the end."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(";".join(f"DELETE FROM {table}" for table in list_tables()))


@cache
def list_tables() -> list[str]:
    return [name for name in connection.introspection.table_names() if name.startswith(OURS)]


TransactionTestCase._fixture_teardown = sweep  # type: ignore[method-assign]  # the one place where it is called
