"""Parts of documents that are made of rows alone, kept by this process while those rows are as they were.

PostgreSQL tells of every row where it lies and which transaction wrote it (`ctid`, `xmin`): together they
name one version of it, whoever wrote it and by whatever means. So each reading asks for the names of the
versions, in the caller's own scope, and makes anew only what is made of others: nothing is to be invalidated.
"""

import threading
import time
from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Func, TextField
from django.db.models.functions import Cast
from django.db.models.sql.compiler import SQLCompiler

# So many things are kept at most, twice; what nobody asked for in two spans of time is forgotten.
MOST, SPAN_S = 12_000, 600.0


class Versions(Func):
    """The name of the present versions of the rows that some fields are of.

    Name fields other than keys: a key of another row is read from the row that points to it.
    """

    output_field = TextField()

    def __init__(self, *fields: str) -> None:
        super().__init__(*(F(field) for field in fields))

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_: Any, **__: Any
    ) -> tuple[str, tuple[str | int, ...]]:
        rows = [compiler.quote_name_unless_alias(column.alias) for column in self.get_source_expressions()]
        # Nothing stands for a row that is not there.
        return "concat({})".format(", '|', ".join(f"{row}.ctid, {row}.xmin" for row in rows)), ()


def as_text(field: str) -> Cast:
    """Read a key as documents show it."""
    return Cast(field, TextField())


class Kept[T]:
    """What was made of versions of rows, by the key of the thing they are of.

    `make` reads things by their keys and returns each with the name of the versions it read.
    """

    def __init__(self, make: Callable[[Collection[str]], dict[str, tuple[str, T]]]) -> None:
        self._make = make
        self._young: dict[str, tuple[str, T]] = {}
        self._old: dict[str, tuple[str, T]] = {}
        self._since = time.monotonic()
        self._turning = threading.Lock()

    def read(self, versions: Iterable[tuple[str, str]]) -> dict[str, T]:
        """Return the things in the order asked for; what has gone meanwhile is left out."""
        wanted = list(versions)
        young, old = self._turn()
        found: dict[str, tuple[str, T]] = {}
        for key, version in wanted:
            kept = young.get(key) or old.get(key)
            if kept is not None and kept[0] == version:
                found[key] = kept
        missing = [key for key, _ in wanted if key not in found]
        if missing:
            found |= self._make(missing)
        young.update(found)
        return {key: found[key][1] for key, _ in wanted if key in found}

    def __len__(self) -> int:
        return len(self._young.keys() | self._old.keys())

    def _turn(self) -> tuple[dict[str, tuple[str, T]], dict[str, tuple[str, T]]]:
        with self._turning:
            if len(self._young) > MOST or time.monotonic() - self._since > SPAN_S:
                self._young, self._old, self._since = {}, self._young, time.monotonic()
            return self._young, self._old
