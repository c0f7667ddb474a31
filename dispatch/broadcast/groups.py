"""Names of the channel layer's groups: letters, digits and dots only."""

from uuid import UUID


def events_group(operator_id: UUID) -> str:
    """Name the group of all web processes with a screen that shows something of an operator's."""
    return f"events.{operator_id}"


def live_group(area_id: UUID) -> str:
    """Name the group of all web processes with a screen in an area."""
    return f"live.{area_id}"


def name_live(kind: str, key: UUID | str) -> str:
    """Name what a screen follows in an area: an `area`, a `request` or a `unit`."""
    return f"{kind}.{key}"


# Every web process hears what concerns chargers, and looks whether it has their socket.
CHARGERS = "ocpp.chargers"
