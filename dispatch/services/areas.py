"""The lock under which writers of a plan, and of what it must not move, take turns."""

from uuid import UUID

from accounts.callers import Caller
from dispatch.models import ServiceArea


def lock_area(area_id: UUID) -> ServiceArea:
    """Lock an area's row until the transaction ends; nothing slow may happen from here on."""
    # `no_key`: rows that merely refer to the area may still be inserted by others.
    return ServiceArea.objects.of(Caller.system()).select_for_update(no_key=True).get(id=area_id)
