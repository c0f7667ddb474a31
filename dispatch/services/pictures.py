"""Pictures from outside: looked at, drawn anew, and only that is kept.

What a file says of itself proves nothing. A picture is one that a decoder of three kinds can draw; what is
kept is drawn by us from its pixels alone, so that nothing that was hidden in it (a place, a name, a script
behind the last byte) is kept with it.
"""

from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageOps

from dispatch.errors import Invalid

LARGEST_BYTES = 400_000
# As much as a phone's camera takes; a small file may say it is a hundred times that.
MOST_PIXELS = 16_000_000
# Wide enough to read a meter's figures.
WIDEST = 1280
QUALITY = 82
KINDS = ("JPEG", "PNG", "WEBP")
MEDIA_TYPE = "image/jpeg"
_BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)


class Picture(NamedTuple):
    """A picture as it is kept."""

    media_type: str
    content: bytes


def redraw(content: bytes) -> Picture:
    """Draw a picture anew; what cannot be drawn is no picture."""
    if len(content) > LARGEST_BYTES:
        raise _too_large(f"At most {LARGEST_BYTES} bytes.")
    try:
        with Image.open(BytesIO(content), formats=KINDS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise _too_large(f"At most {MOST_PIXELS} pixels.")
            return Picture(MEDIA_TYPE, _write(image))
    except Invalid:
        raise
    except _BOMB:
        raise _too_large(f"At most {MOST_PIXELS} pixels.") from None
    except Exception:  # noqa: BLE001  # a decoder of hostile bytes may fail in any way it likes
        raise Invalid("no_picture", "A JPEG, PNG or WebP that is whole.", path="photo") from None


def _too_large(detail: str) -> Invalid:
    return Invalid("picture_too_large", detail, path="photo")


def _write(image: Image.Image) -> bytes:
    image.draft("RGB", (WIDEST, WIDEST))
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((WIDEST, WIDEST))
    drawn = Image.new("RGB", upright.size, "white")
    # What is seen through shows white.
    seen = upright.convert("RGBA")
    drawn.paste(seen, mask=seen)
    out = BytesIO()
    drawn.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
