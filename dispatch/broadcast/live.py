"""Live values: latest wins by their own time; screens get one batch a tick."""

from typing import Any
from uuid import UUID

from dispatch.broadcast.channel import send
from dispatch.broadcast.groups import live_group

Values = dict[str, dict[str, Any]]


def send_area_values(area_id: UUID, values: Values) -> None:
    """Tell the consoles of an area: `{position: {unit: ...}, soc: {unit: ...}, eta: {request: ...}}`."""
    send(live_group("area", area_id), {"type": "live.values", "values": values})


def send_request_values(request_id: UUID, values: Values) -> None:
    """Tell the driver of a request: `{position: {"": ...}, eta: {"": ...}}`."""
    send(live_group("request", request_id), {"type": "live.values", "values": values})


def send_unit_values(unit_id: UUID, values: Values) -> None:
    """Tell the crew of a unit."""
    send(live_group("unit", unit_id), {"type": "live.values", "values": values})
