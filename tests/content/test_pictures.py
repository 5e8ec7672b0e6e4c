from __future__ import annotations

import io
import zlib
from struct import pack

import pytest
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from genlyd.content.domain.pictures import LONGEST_SIDE, MOST_BYTES, THUMBNAIL_SIDE, Fault, Unusable, make
from tests.content.cast import a_picture_file


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def with_place_and_name() -> bytes:
    exif = Image.Exif()
    exif[Base.Orientation] = 6
    exif[Base.Artist] = "Pia Fjordkraft"
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (55.0, 28.0, 0.0)
    return a_picture_file((60, 40), "JPEG", exif=exif, comment=b"secret comment")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_four_kinds_are_taken(kind: str) -> None:
    made = make(a_picture_file(kind=kind))
    assert (made.width, made.height) == (40, 30)
    assert opened(made.full).size == (40, 30)


def test_place_name_and_comment_are_gone_and_the_picture_stands_upright() -> None:
    data = with_place_and_name()
    assert b"Pia Fjordkraft" in data
    made = make(data)
    assert (made.width, made.height) == (40, 60)
    for kept in (made.full, made.thumbnail):
        image = opened(kept)
        assert not image.getexif()
        assert {"exif", "icc_profile", "comment"} & image.info.keys() == set()
        assert b"Pia" not in kept
        assert b"secret" not in kept


def test_text_chunks_and_profile_of_a_png_are_gone() -> None:
    from PIL import ImageCms
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Author", "Pia Fjordkraft")
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    made = make(a_picture_file(kind="PNG", pnginfo=info, icc_profile=profile))
    assert opened(made.full).info == {}
    assert b"Pia" not in made.full


def test_large_picture_is_made_smaller_with_its_proportions() -> None:
    made = make(a_picture_file((5000, 2500), "JPEG"))
    assert (made.width, made.height) == (LONGEST_SIDE, LONGEST_SIDE // 2)
    assert max(opened(made.thumbnail).size) == THUMBNAIL_SIDE


def test_photograph_becomes_jpeg_and_transparency_stays() -> None:
    colours = Image.merge("RGB", [Image.effect_noise((300, 300), 90) for _ in range(3)])
    out = io.BytesIO()
    colours.save(out, "PNG")
    assert make(out.getvalue()).suffix == "jpg"
    clear = io.BytesIO()
    Image.new("RGBA", (10, 10), (200, 0, 0, 100)).save(clear, "PNG")
    made = make(clear.getvalue())
    assert made.suffix == "png"
    assert opened(made.full).mode == "RGBA"


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "CMYK", "I;16"])
def test_unusual_colours_are_taken(mode: str) -> None:
    out = io.BytesIO()
    kind = "JPEG" if mode == "CMYK" else "PNG"
    Image.new(mode, (20, 20)).save(out, kind)
    assert opened(make(out.getvalue()).full).mode in {"RGB", "RGBA"}


def test_first_frame_of_a_moving_gif_is_kept() -> None:
    out = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    assert opened(make(out.getvalue()).full).convert("RGB").getpixel((4, 4)) == (255, 0, 0)


def test_same_upload_gives_the_same_hash() -> None:
    data = a_picture_file(kind="JPEG")
    assert make(data).sha256 == make(data).sha256
    assert make(data).sha256 != make(a_picture_file((41, 30), "JPEG")).sha256


def a_bomb() -> bytes:
    """A PNG of a few hundred bytes that says it is 50,000 pixels wide and high."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))

    header = pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 99))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", Fault.EMPTY),
        (b"Dear all,\nthis is a text file called holiday.jpg\n" * 20, Fault.NOT_A_PICTURE),
        (b"%PDF-1.7\n...", Fault.NOT_A_PICTURE),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', Fault.SVG),
        (b"<svg viewBox='0 0 1 1'/>", Fault.SVG),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 100, Fault.HEIC),
        (a_picture_file((400, 400), "JPEG")[:900], Fault.BROKEN),
        (a_picture_file((400, 400), "PNG")[:300], Fault.BROKEN),
        (b"\xff\xd8\xff\xe0" + b"nonsense" * 50, Fault.BROKEN),
        (b"\xff\xd8\xff" + b"x" * MOST_BYTES, Fault.TOO_MANY_BYTES),
        (a_bomb(), Fault.TOO_MANY_PIXELS),
    ],
)  # fmt: skip
def test_what_is_no_picture_is_refused_with_its_reason(data: bytes, fault: Fault) -> None:
    with pytest.raises(Unusable) as refusal:
        make(data)
    assert refusal.value.fault == fault
