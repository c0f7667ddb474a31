"""Names of the channel layer's groups: letters, digits and dots only."""

from uuid import UUID


def stream_group(stream: str) -> str:
    """Name the group that hears a stream's events: `area:<id>` becomes `area.<id>`."""
    return stream.replace(":", ".")


def live_group(kind: str, key: UUID | str) -> str:
    """Name the group that hears live values of an area, a request or a unit."""
    return f"live.{kind}.{key}"


# Every web process hears what concerns chargers, and looks whether it has their socket.
CHARGERS = "ocpp.chargers"
