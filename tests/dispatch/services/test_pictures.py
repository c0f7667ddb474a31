"""A picture is what can be drawn, and only what was drawn is kept."""

import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from dispatch.errors import Invalid
from dispatch.services.pictures import KINDS, LARGEST_BYTES, MOST_PIXELS, WIDEST, redraw
from tests.pictures import BLUE, RED, draw, draw_wall

SECRET = b"taken by Cory at 43.7396 7.4275"
PAGE = b"<html><script>alert(1)</script></html>"


def look(content: bytes) -> Image.Image:
    """See what is kept: a JPEG, without a word beside its pixels."""
    kept = redraw(content)
    assert kept.media_type == "image/jpeg"
    image = Image.open(BytesIO(kept.content))
    assert (image.format, image.mode) == ("JPEG", "RGB")
    assert not image.getexif()
    assert image.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert kept.content.endswith(b"\xff\xd9")
    assert SECRET not in kept.content
    assert b"script" not in kept.content
    return image


def refused(content: bytes) -> str:
    with pytest.raises(Invalid) as caught:
        redraw(content)
    assert caught.value.path == "photo"
    return caught.value.code


def near(seen: object, wanted: tuple[int, int, int]) -> bool:
    assert isinstance(seen, tuple)
    return all(abs(one - other) < 30 for one, other in zip(seen, wanted, strict=True))


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_seen_is_kept(kind):
    image = look(draw(kind))
    assert image.size == (64, 40)
    assert near(image.getpixel((5, 20)), RED)
    assert near(image.getpixel((58, 20)), BLUE)


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("PNG", "1"), ("PNG", "L"), ("PNG", "LA"), ("PNG", "P"), ("JPEG", "CMYK"), ("JPEG", "L")],
)
def test_whatever_colours_a_camera_writes(kind, mode):
    assert look(draw(kind, mode=mode)).size == (64, 40)


def test_what_one_sees_through_is_white():
    out = BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(out, "PNG")
    assert near(look(out.getvalue()).getpixel((4, 4)), (255, 255, 255))


def test_a_large_one_is_made_small():
    assert look(draw("JPEG", (4000, 2000))).size == (WIDEST, WIDEST // 2)


def test_a_phone_held_upright_is_seen_upright_and_says_nothing_of_where_it_was():
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(0x8825)[2] = (43.0, 44.0, 22.0)
    image = look(draw("JPEG", (64, 40), exif=exif.tobytes(), comment=SECRET))
    assert image.size == (40, 64)
    assert near(image.getpixel((20, 5)), RED)


def test_no_word_of_a_png_is_kept():
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", SECRET.decode())
    words.add_text("Note", SECRET.decode() * 50, zip=True)
    words.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    look(draw("PNG", pnginfo=words))


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_hidden_behind_the_last_byte_is_not_kept(kind):
    look(draw(kind) + PAGE + SECRET)


@pytest.mark.parametrize("kind", KINDS)
def test_of_a_film_the_first_picture_is_kept(kind):
    out = BytesIO()
    frames = [Image.new("RGB", (16, 16), colour) for colour in (RED, BLUE)]
    said = {} if kind == "JPEG" else {"save_all": True, "append_images": frames[1:]}
    frames[0].save(out, kind, **said)
    assert near(look(out.getvalue()).getpixel((8, 8)), RED)


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "ICO", "PPM", "PDF"])
def test_another_kind_is_none_of_ours(kind):
    assert refused(draw(kind)) == "no_picture"


@pytest.mark.parametrize(
    "content",
    [b"", b"\0", PAGE, b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\xff\xd8\xff" + PAGE,
     b"\x89PNG\r\n\x1a\n" + PAGE, b"RIFF" + PAGE, b"GIF89a" + PAGE, b"PK\x03\x04" + PAGE],
    ids=lambda content: repr(content[:8]),
)  # fmt: skip
def test_what_only_begins_like_a_picture_is_none(content):
    assert refused(content) == "no_picture"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_half_a_picture_is_none(kind, share):
    content = draw(kind, (640, 400))
    assert refused(content[: int(len(content) * share)]) == "no_picture"


def test_too_many_bytes_are_not_even_looked_at():
    assert refused(draw("PNG") + bytes(LARGEST_BYTES)) == "picture_too_large"


@pytest.mark.parametrize("side", [4_001, 10_000, 13_500])
def test_a_small_file_that_unpacks_to_a_wall_is_not_unpacked(side):
    content = draw_wall(side)
    assert side * side > MOST_PIXELS
    assert len(content) < LARGEST_BYTES
    assert refused(content) == "picture_too_large"


def test_a_picture_that_says_it_is_larger_than_any_is_believed_and_refused():
    content = draw("PNG")
    head = b"IHDR" + struct.pack(">II", 2**31 - 1, 2**31 - 1) + content[24:29]
    lied = content[:12] + head + struct.pack(">I", zlib.crc32(head)) + content[33:]
    assert refused(lied) == "picture_too_large"


def test_words_that_unpack_to_megabytes_do_no_harm():
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", "x" * 90_000_000, zip=True)
    assert refused(draw("PNG", pnginfo=words)) == "no_picture"


@given(st.sampled_from(KINDS), st.data())
@settings(max_examples=150, deadline=None, derandomize=True)
def test_whatever_is_wrong_with_its_bytes_it_is_a_picture_or_none(kind, data):
    content = bytearray(draw(kind))
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=6)):
        content[at] = data.draw(st.integers(0, 255))
    assert outcome(bytes(content)) in {"no_picture", "picture_too_large", "JPEG"}


def outcome(content: bytes) -> str | None:
    try:
        return Image.open(BytesIO(redraw(content).content)).format
    except Invalid as wrong:
        return wrong.code
