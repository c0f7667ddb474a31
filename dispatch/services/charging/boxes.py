"""What a charger says of itself: that it has booted, that it lives, what its connector does."""

from datetime import datetime

from dispatch.broadcast.outbox import Fact
from dispatch.selectors.streams import area_stream
from dispatch.services.charging.instants import find_instant
from dispatch.services.charging.interlock import area_of
from dispatch.services.charging.links import Scene
from dispatch.services.charging.reports import Box

FAULTED, NO_ERROR = "Faulted", "NoError"


def boot(scene: Scene, box: Box) -> None:
    """Take down what has booted."""
    state = scene.state
    state.vendor, state.model, state.firmware = box.vendor, box.model, box.firmware
    state.booted_at = scene.now


def take_status(scene: Scene, status: str, error_code: str, said_at: datetime | None) -> None:
    """Take what the connector does, unless something newer is known; a fault is told at once."""
    at = scene.now if said_at is None else find_instant(said_at, scene.now)[0]
    state = scene.state
    if state.status_at is not None and at < state.status_at:
        return
    was = state.status
    state.status, state.status_at = status, at
    state.error_code = "" if error_code == NO_ERROR else error_code
    if was != status and FAULTED in (was, status):
        units = [] if scene.charger.unit_id is None else [str(scene.charger.unit_id)]
        data = {"charger": str(scene.charger.id), "status": status, "units": units}
        scene.facts.append(
            Fact(area_stream(area_of(scene.charger)), "charger.status", data, state.error_code)
        )
