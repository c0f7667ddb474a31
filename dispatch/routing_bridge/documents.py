"""Plan documents: kept immutable in the database, decoded once per version and process.

Most versions change one unit. They are stored as that unit's part, a fiftieth of the whole, and every process
puts it into the document it holds; a whole one is published every few minutes.
"""

import json
import threading
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple, Self
from uuid import UUID

from accounts.callers import Caller
from dispatch.models import Plan as PlanRow
from dispatch.models import ServiceArea
from routing.model.plan import Plan
from routing.model.problem import Problem
from routing.part import splice

_HOUSE = Caller.system()


class Part(NamedTuple):
    """What is new of one unit: its problem, and its plan."""

    problem: Problem
    plan: Plan


@dataclass(frozen=True, slots=True)
class Document:
    """A published plan and the problem it was judged on.

    `whole`: the problem of the last whole one, published at `whole_at`; `parts`: what was put in since.
    Between the places of each all ways are known, between others a missing way says nothing.
    """

    version: int
    problem: Problem
    plan: Plan
    whole: Problem = field(repr=False)
    whole_at: datetime
    parts: tuple[Part, ...] = field(default=(), repr=False)

    @classmethod
    def of_whole(cls, version: int, problem: Problem, plan: Plan, at: datetime) -> Self:
        """Make the document of a whole plan."""
        return cls(version, problem, plan, problem, at)

    def with_part(self, part: Problem, routes: Plan) -> Self:
        """Return the next version, with what is new of one unit in it."""
        problem, plan = splice(self.problem, self.plan, part, routes)
        parts = (*self.parts, Part(part, routes))
        return replace(self, version=self.version + 1, problem=problem, plan=plan, parts=parts)


class _Shelf:
    """The latest document of each area."""

    def __init__(self) -> None:
        self._held: dict[UUID, Document] = {}
        self._lock = threading.Lock()

    def find(self, area_id: UUID) -> Document | None:
        return self._held.get(area_id)

    def put(self, area_id: UUID, document: Document) -> None:
        with self._lock:
            held = self._held.get(area_id)
            if held is None or held.version <= document.version:
                self._held[area_id] = document


_SHELF = _Shelf()


def find_document(area_id: UUID) -> Document | None:
    """Find the running plan's document; None before the first plan was published."""
    return find_revised(area_id).document


class Revised(NamedTuple):
    """The document that ran at a revision of an area: see `read_revision`.

    `says_all`: nobody has been freed since it was made of the rows, but those of whom a part was put in.
    What takes no lock (a charger that has recovered, a plug) is in the next plan.
    """

    revision: int
    document: Document | None
    says_all: bool


def find_revised(area_id: UUID) -> Revised:
    """Find the revision of an area and the document that ran at it."""
    rows = ServiceArea.objects.of(_HOUSE).values_list("revision", "planned_revision", "plan_version")
    revision, planned, version = rows.get(id=area_id)
    held = _SHELF.find(area_id)
    if held is None or held.version != version:
        held = _catch_up(area_id, held) or _read_all(area_id)
        if held is not None:
            _SHELF.put(area_id, held)
    return Revised(revision, held, planned == revision)


def _catch_up(area_id: UUID, held: Document | None) -> Document | None:
    """Put into what is held what was published since; None when there was a whole plan among it."""
    if held is None:
        return None
    rows = list(_list_rows(area_id, held.version))
    return None if any(row.part_of is None for row in rows) else _put_in(held, rows)


def _read_all(area_id: UUID) -> Document | None:
    """Read the last whole plan and all parts since."""
    rows = PlanRow.objects.of(_HOUSE).filter(area=area_id, part_of__isnull=True)
    row = rows.order_by("-version").first()
    if row is None:
        return None
    whole = Document.of_whole(row.version, *read_published(row), row.published_at)
    return _put_in(whole, _list_rows(area_id, row.version))


def _list_rows(area_id: UUID, after: int) -> Iterable[PlanRow]:
    return PlanRow.objects.of(_HOUSE).filter(area=area_id, version__gt=after).order_by("version")


def _put_in(document: Document, rows: Iterable[PlanRow]) -> Document:
    for row in rows:
        if row.part_of != document.version:
            break  # a whole one was published this moment: the next look finds it
        document = document.with_part(*read_published(row))
    return document


def read_published(row: PlanRow) -> tuple[Problem, Plan]:
    """Decode a stored plan as it was judged: the whole, or one unit's part."""
    return Problem.from_json(unpack(row.problem)), Plan.from_json(unpack(row.plan))


def read_revision(area_id: UUID) -> int:
    """Read how often the area's lock was taken; the same number before and under it: nothing changed."""
    return ServiceArea.objects.of(_HOUSE).values_list("revision", flat=True).get(id=area_id)


def shelve(area_id: UUID, document: Document) -> None:
    """Keep a document this process has just published; call it once it is committed."""
    _SHELF.put(area_id, document)


def pack(value: dict[str, object]) -> bytes:
    return zlib.compress(json.dumps(value, separators=(",", ":")).encode(), 1)


def unpack(stored: bytes | memoryview) -> dict[str, object]:
    value: dict[str, object] = json.loads(zlib.decompress(stored))
    return value
