"""QR codes, read back by a real reader as a phone would."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
import zxingcpp
from django.test import Client
from PIL import Image

from genlyd.links import qr
from tests.links.makers import a_house_link
from tests.world import World

AskAs = Callable[..., Client]
URL = "https://gl.yd/aabent-hus-x7k4q"


def read(png: bytes) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(Image.open(io.BytesIO(png)))]


@pytest.mark.parametrize("url", [URL, f"https://{'x' * 60}.example/{'a' * 40}"])
def test_what_is_printed_is_read_and_large_enough(url: str) -> None:
    png = qr.png(url)
    picture = Image.open(io.BytesIO(png))
    assert read(png) == [url]
    assert min(picture.size) >= qr.PRINT_DOTS
    assert round(picture.info["dpi"][0]) == 300
    assert picture.convert("L").getpixel((0, 0)) == 255


def test_print_survives_dirt_that_a_screen_never_has() -> None:
    picture = Image.open(io.BytesIO(qr.png(URL))).convert("L")
    side = picture.width
    stain = round(side * 0.14)
    picture.paste(128, (side // 2, side // 2, side // 2 + stain, side // 2 + stain))
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [URL]


def test_files_say_what_they_are(world: World, as_member: AskAs, settings) -> None:
    settings.LINK_URL = "https://gl.yd"
    link = a_house_link(world, slug="messe")
    erik = as_member(world.erik)
    shown, saved = erik.get(f"/links/{link.pk}/qr.svg"), erik.get(f"/links/{link.pk}/qr.png?save")
    assert shown.headers["Content-Type"] == "image/svg+xml"
    assert shown.headers["Content-Disposition"] == 'inline; filename="qr-messe.svg"'
    assert b"<title>https://gl.yd/messe</title>" in shown.content
    assert b'viewBox="0 0 ' in shown.content
    assert saved.headers["Content-Type"] == "image/png"
    assert saved.headers["Content-Disposition"] == 'attachment; filename="qr-messe.png"'
    assert read(saved.content) == ["https://gl.yd/messe"]
