"""Who did it, as an event remembers it: an id, never a name."""

from uuid import UUID

from accounts.callers import Caller
from dispatch.errors import NotSignedIn

PLANNER = "planner"
SYSTEM = "system"


def actor_of(caller: Caller) -> str:
    """Name a caller for the event log."""
    return caller.key


def person_of(caller: Caller) -> UUID:
    """Return who asks; only persons ask for energy."""
    if caller.person_id is None:
        raise NotSignedIn
    return caller.person_id
