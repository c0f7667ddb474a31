"""Pictures that come with what a crew says."""

import base64
import binascii

from accounts.callers import Caller
from dispatch.errors import Invalid
from dispatch.models import Attachment
from dispatch.services.actors import actor_of
from dispatch.services.pictures import Picture, redraw
from dispatch.services.step import Step


def read_photo(text: str) -> Picture | None:
    """Read the picture that came with an action, if one did; drawing it takes time, so hold no lock."""
    return redraw(_read(text)) if text else None


def keep_photo(caller: Caller, step: Step, picture: Picture | None) -> Attachment | None:
    """Keep it with the stop."""
    if picture is None:
        return None
    photo = Attachment(
        operator_id=step.stop.operator_id,
        stop=step.stop,
        kind=Attachment.Kind.METER,
        media_type=picture.media_type,
        content=picture.content,
        at=step.at,
        by=actor_of(caller),
    )
    photo.save(force_insert=True)
    return photo


def _read(text: str) -> bytes:
    """Read base64, with or without the words a browser puts before it."""
    try:
        return base64.b64decode(text.rpartition(",")[2], validate=True)
    except (binascii.Error, ValueError):
        raise Invalid("no_picture", "A picture comes as base64.", path="photo") from None
