"""What a charger says of itself: that it has booted, that it lives, what its connector does."""

from datetime import datetime

from dispatch.models.charger import FAULTED
from dispatch.services.charging.ability import tell_ability
from dispatch.services.charging.instants import find_instant
from dispatch.services.charging.links import Scene
from dispatch.services.charging.reports import Box
from dispatch.services.charging.transactions import follow_connector

NO_ERROR = "NoError"


def boot(scene: Scene, box: Box) -> None:
    """Take down what has booted."""
    state = scene.state
    state.vendor, state.model, state.firmware = box.vendor, box.model, box.firmware
    state.booted_at = scene.now
    # What held it back before, it says again if it still does.
    state.limit_w = None


def take_status(scene: Scene, status: str, error_code: str, said_at: datetime | None) -> None:
    """Take what the connector does, unless something newer is known; a fault is told at once."""
    at = scene.now if said_at is None else find_instant(said_at, scene.now)[0]
    state = scene.state
    if state.status_at is not None and at < state.status_at:
        return
    was = state.status
    state.status, state.status_at = status, at
    state.error_code = "" if error_code == NO_ERROR else error_code
    if was == status:
        return
    follow_connector(scene, status)
    if FAULTED in (was, status):
        tell_ability(scene, "charger.faulted" if status == FAULTED else "charger.recovered")
