"""Real pictures of each kind, drawn for the tests."""

import base64
from io import BytesIO
from typing import Any

from PIL import Image

RED, BLUE = (200, 30, 30), (30, 30, 200)


def draw(kind: str = "PNG", size: tuple[int, int] = (64, 40), mode: str = "RGB", **said: Any) -> bytes:
    """Draw a picture that is red at its left and blue at its right; `said` is what its file says besides."""
    image = Image.new("RGB", size, RED)
    image.paste(BLUE, (size[0] // 2, 0, *size))
    out = BytesIO()
    image.convert(mode).save(out, kind, **said)
    return out.getvalue()


def write(content: bytes) -> str:
    """Write it as a body carries it."""
    return base64.b64encode(content).decode()


def draw_wall(side: int) -> bytes:
    """Draw a wall of one colour: very large, in very few bytes."""
    out = BytesIO()
    Image.new("1", (side, side)).save(out, "PNG")
    return out.getvalue()
