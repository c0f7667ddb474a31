"""Names of the channel layer's groups: letters, digits and dots only."""

from uuid import UUID


def stream_group(stream: str) -> str:
    """Name the group that hears a stream's events: `area:<id>` becomes `area.<id>`."""
    return stream.replace(":", ".")


def area_group(area_id: UUID) -> str:
    """Name the group of all web processes with a screen in an area."""
    return f"live.{area_id}"


def live_group(kind: str, key: UUID | str) -> str:
    """Name who follows an `area`, a `request` or a `unit` within a process."""
    return f"{kind}.{key}"


# Every web process hears what concerns chargers, and looks whether it has their socket.
CHARGERS = "ocpp.chargers"
