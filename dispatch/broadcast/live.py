"""Live values: latest wins by their own time; screens get one batch a tick.

All of an area's values leave as one message. Each web process hears it once, and hands out what it holds
to the screens that follow it (`sockets/hearing.py`): the layer carries so many messages, not so many readers.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from dispatch.broadcast.channel import send
from dispatch.broadcast.groups import live_group, name_live

Values = dict[str, dict[str, Any]]


def send_values(area_id: UUID, values: Mapping[tuple[str, UUID], Values]) -> None:
    """Tell who follows something of an area, by what they follow.

    An `area`: `{position: {unit: ...}, soc: {unit: ...}, eta: {request: ...}}`; a `unit`: the same of it
    alone; a `request`: `{position: {"": ...}, eta: {"": ...}}`.
    """
    parts = [[name_live(*audience), shown] for audience, shown in values.items()]
    send(live_group(area_id), {"type": "live.values", "parts": parts})
