"""Plan documents: kept immutable in the database, decoded once per version and process."""

import json
import threading
import zlib
from dataclasses import dataclass
from uuid import UUID

from accounts.callers import Caller
from dispatch.models import Plan as PlanRow
from dispatch.models import ServiceArea
from routing.model.plan import Plan
from routing.model.problem import Problem

_HOUSE = Caller.system()


@dataclass(frozen=True, slots=True)
class Document:
    """A published plan and the problem it was judged on."""

    version: int
    problem: Problem
    plan: Plan


class _Shelf:
    """The latest document of each area."""

    def __init__(self) -> None:
        self._held: dict[UUID, Document] = {}
        self._lock = threading.Lock()

    def find(self, area_id: UUID, version: int) -> Document | None:
        held = self._held.get(area_id)
        return held if held is not None and held.version == version else None

    def put(self, area_id: UUID, document: Document) -> None:
        with self._lock:
            held = self._held.get(area_id)
            if held is None or held.version <= document.version:
                self._held[area_id] = document


_SHELF = _Shelf()


def find_document(area_id: UUID) -> Document | None:
    """Find the running plan's document; None before the first plan was published."""
    version = ServiceArea.objects.of(_HOUSE).values_list("plan_version", flat=True).get(id=area_id)
    held = _SHELF.find(area_id, version)
    if held is not None:
        return held
    row = PlanRow.objects.of(_HOUSE).filter(area=area_id).order_by("-version").first()
    if row is None:
        return None
    document = read_document(row)
    _SHELF.put(area_id, document)
    return document


def read_document(row: PlanRow) -> Document:
    """Decode a stored plan."""
    return Document(row.version, Problem.from_json(unpack(row.problem)), Plan.from_json(unpack(row.plan)))


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
