"""Pictures that come with what a crew says."""

import base64
import binascii

from accounts.callers import Caller
from dispatch.errors import Invalid
from dispatch.models import Attachment
from dispatch.services.actors import actor_of
from dispatch.services.step import Step

LARGEST_BYTES = 400_000
# What each kind of picture begins with.
_BEGINS = {"image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n\x1a\n", "image/webp": b"RIFF"}


def keep_photo(caller: Caller, step: Step) -> Attachment | None:
    """Keep the picture of the meter that came with an action, if one did."""
    if not step.report.photo:
        return None
    content = _read(step.report.photo)
    photo = Attachment(
        operator_id=step.stop.operator_id,
        stop=step.stop,
        kind=Attachment.Kind.METER,
        media_type=_find_type(content),
        content=content,
        at=step.at,
        by=actor_of(caller),
    )
    photo.save(force_insert=True)
    return photo


def _read(text: str) -> bytes:
    """Read base64, with or without the words a browser puts before it."""
    try:
        content = base64.b64decode(text.rpartition(",")[2], validate=True)
    except (binascii.Error, ValueError):
        raise Invalid("no_picture", "A picture comes as base64.", path="photo") from None
    if len(content) > LARGEST_BYTES:
        raise Invalid("picture_too_large", f"At most {LARGEST_BYTES} bytes.", path="photo")
    return content


def _find_type(content: bytes) -> str:
    for media_type, begin in _BEGINS.items():
        if content.startswith(begin):
            return media_type
    raise Invalid("no_picture", "JPEG, PNG or WebP.", path="photo")
