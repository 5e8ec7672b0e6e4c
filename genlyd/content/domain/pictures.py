"""From whatever was uploaded to a picture that we made ourselves: decoded, turned upright, stripped, resized."""

from __future__ import annotations

import hashlib
import io
import warnings
from dataclasses import dataclass
from enum import StrEnum

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

MOST_BYTES = 10_000_000
MOST_PIXELS = 60_000_000
LONGEST_SIDE = 2048
THUMBNAIL_SIDE = 800
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_HEIC_BRANDS = {b"heic", b"heix", b"heif", b"hevc", b"heim", b"heis", b"mif1", b"msf1"}
#: A drawing with few colours stays a PNG; a PNG larger than this is a photograph in disguise.
_MOST_PNG_BYTES = 1_500_000


class Fault(StrEnum):
    EMPTY = "empty"
    TOO_MANY_BYTES = "too_many_bytes"
    TOO_MANY_PIXELS = "too_many_pixels"
    HEIC = "heic"
    SVG = "svg"
    NOT_A_PICTURE = "not_a_picture"
    BROKEN = "broken"


class Unusable(Exception):
    """The bytes are no picture we can keep; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True)
class Made:
    """A picture as we store it. `suffix` is jpg or png; `sha256` is of `full`, in hex."""

    full: bytes
    thumbnail: bytes
    suffix: str
    width: int
    height: int

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.full).hexdigest()


def make(data: bytes) -> Made:
    """Raises Unusable. Nothing of the original's metadata (place, camera, name, profile) survives."""
    if not data:
        raise Unusable(Fault.EMPTY)
    if len(data) > MOST_BYTES:
        raise Unusable(Fault.TOO_MANY_BYTES)
    image = _decoded(data)
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    full, suffix = _encoded(image)
    small = image.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    return Made(full, _as(small, suffix), suffix, image.width, image.height)


def _decoded(data: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
                # The header alone says how much memory decoding would take: ask before it is taken.
                if opened.width * opened.height > MOST_PIXELS:
                    raise Unusable(Fault.TOO_MANY_PIXELS)
                profile = opened.info.get("icc_profile")
                opened.draft("RGB", (LONGEST_SIDE * 2, LONGEST_SIDE * 2))
                opened.load()
                image = ImageOps.exif_transpose(opened)
                return _plain(image, profile)
    except Image.DecompressionBombError as error:
        raise Unusable(Fault.TOO_MANY_PIXELS) from error
    except UnidentifiedImageError as error:
        raise Unusable(_what_instead(data)) from error
    except (OSError, ValueError, SyntaxError, EOFError, IndexError) as error:
        raise Unusable(Fault.BROKEN) from error


def _what_instead(data: bytes) -> Fault:
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        return Fault.HEIC
    head = data[:2000].lstrip().lower()
    if head.startswith((b"<svg", b"<?xml", b"<!doctype svg")) and b"<svg" in head:
        return Fault.SVG
    if head.startswith((b"\xff\xd8\xff", b"\x89png", b"gif8")):
        return Fault.BROKEN
    return Fault.NOT_A_PICTURE


def _plain(image: Image.Image, profile: bytes | None) -> Image.Image:
    """sRGB with 8 bits, with alpha only where it is used; colours of a wide-gamut photograph converted."""
    see_through = image.has_transparency_data
    if profile and image.mode in {"RGB", "CMYK"}:
        try:
            converted = ImageCms.profileToProfile(
                image,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            converted = None
        image = converted or image
    if image.mode.startswith(("I", "F")):
        image = image.point(lambda value: value / 256) if image.mode.startswith("I") else image
        image = image.convert("L")
    plain = image.convert("RGBA" if see_through else "RGB")
    alpha = plain.getchannel("A").getextrema() if see_through else (255, 255)
    if alpha == (255, 255):
        plain = plain.convert("RGB")
    # A fresh image: whatever Pillow keeps in `info` (comments, text chunks, profiles) stays behind.
    fresh = Image.new(plain.mode, plain.size)
    fresh.paste(plain)
    return fresh


def _encoded(image: Image.Image) -> tuple[bytes, str]:
    if image.mode == "RGBA":
        return _as(image, "png"), "png"
    if image.getcolors(4096) is not None:
        png = _as(image, "png")
        if len(png) <= _MOST_PNG_BYTES:
            return png, "png"
    return _as(image, "jpg"), "jpg"


def _as(image: Image.Image, suffix: str) -> bytes:
    out = io.BytesIO()
    if suffix == "png":
        image.save(out, "PNG", optimize=image.width * image.height < 1_000_000)  # noqa: PLR2004
    else:
        image.convert("RGB").save(out, "JPEG", quality=85, optimize=True, progressive=True)
    return out.getvalue()
