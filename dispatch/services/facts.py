"""The events of a change to a request, a stop or a unit: one for each stream that shows it."""

from collections.abc import Iterable
from uuid import UUID

from dispatch.broadcast.outbox import Fact
from dispatch.selectors.streams import area_stream, request_stream, unit_stream


def list_facts(
    area_id: UUID,
    type_: str,
    *,
    requests: Iterable[tuple[UUID, str]] = (),
    units: Iterable[UUID] = (),
    plan: int | None = None,
    cause: str = "",
) -> list[Fact]:
    """List the facts of one change: `requests` are pairs of id and the type their driver hears."""
    asked, means = list(requests), list(units)
    data: dict[str, object] = {
        "requests": [str(key) for key, _ in asked],
        "units": [str(key) for key in means],
    }
    if plan is not None:
        data["plan"] = plan
    return [
        *(Fact(request_stream(key), heard, {"request": str(key)}, cause) for key, heard in asked),
        *(Fact(unit_stream(key), type_, {"unit": str(key)}, cause) for key in means),
        Fact(area_stream(area_id), type_, data, cause),
    ]
