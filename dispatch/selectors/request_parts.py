"""What the console shows of a request, without what follows from its unit's route."""

from collections.abc import Collection

from django.db.models import Func, OuterRef, QuerySet, Subquery, TextField, Value

from accounts.callers import Caller
from dispatch.models import ChargeRequest, Promise
from dispatch.selectors.documents.board import RequestPart
from dispatch.selectors.kept import Kept, Versions, as_text
from dispatch.selectors.render import iso, kilo, point
from dispatch.selectors.requests import promise_document

_HOUSE = Caller.system()


def read_request_parts(rows: QuerySet[ChargeRequest]) -> dict[str, RequestPart]:
    """Read the parts of requests by key, in their order; of thousands only what has changed is read whole."""
    return _parts.read(rows.values_list(as_text("id"), _name_versions()))


def _name_versions() -> Func:
    told = Promise.objects.of(_HOUSE).filter(request=OuterRef("id")).order_by("-version")
    last = Subquery(told.annotate(named=Versions("version")).values("named")[:1])
    own = Versions("status", "vehicle__name", "site__name")
    return Func(own, Value("|"), last, function="concat", output_field=TextField())


def _make(keys: Collection[str]) -> dict[str, tuple[str, RequestPart]]:
    rows = ChargeRequest.objects.of(_HOUSE).filter(id__in=keys).annotate(versions=_name_versions())
    found = list(rows.select_related("vehicle", "site").only(*_READ))
    # Read after the versions are named, and never withdrawn: a later promise than the one named comes again.
    told = Promise.objects.of(_HOUSE).filter(request__in=found).order_by("version")
    last = {promise.request_id: promise for promise in told}
    return {str(row.id): (row.versions, _part(row, last[row.id])) for row in found}


_READ = (
    "status", "urgency", "lat", "lon", "place_text", "energy_wh", "earliest", "latest", "not_served", "cause",
    "created_at", "stage_at", "site__name", "vehicle__name", "vehicle__model", "vehicle__plate",
)  # fmt: skip


def _part(row: ChargeRequest, told: Promise) -> RequestPart:
    return {
        "id": str(row.id),
        "status": row.status,
        "urgency": row.urgency,
        "location": point(row.lat, row.lon),
        "site": None if row.site is None else row.site.name,
        "place_text": row.place_text,
        "vehicle": {"name": row.vehicle.name, "model": row.vehicle.model, "plate": row.vehicle.plate},
        "energy_kwh": kilo(row.energy_wh),
        "window": {"earliest": iso(row.earliest), "latest": iso(row.latest)},
        "promise": promise_document(told),
        "not_served": row.not_served,
        "cause": row.cause,
        "created_at": iso(row.created_at),
        "ended_at": None if row.is_open else row.stage_at.get(row.status),
    }


_parts: Kept[RequestPart] = Kept(_make)
