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
    joined = rows.select_related("vehicle", "site").prefetch_related("promises")
    return {str(row.id): (row.versions, _part(row)) for row in joined}


def _part(row: ChargeRequest) -> RequestPart:
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
        "promise": promise_document(list(row.promises.all())[-1]),
        "not_served": row.not_served,
        "cause": row.cause,
        "created_at": iso(row.created_at),
        "ended_at": None if row.is_open else row.stage_at.get(row.status),
    }


_parts: Kept[RequestPart] = Kept(_make)
