"""The address at which a network fetches a picture: that picture, for a while, and nothing else."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image

from genlyd.config.logs import without_secrets
from genlyd.content.models import Media
from genlyd.sharing import public_picture
from genlyd.sharing.domain.reachable import reachable_from_outside
from genlyd.sharing.public_picture import lasting_url, public_url
from tests.sharing.makers import a_picture
from tests.world import World


@pytest.fixture(autouse=True)
def outside(settings) -> None:
    settings.URL = "https://genlyd.fjordkraft.example"
    settings.ALLOWED_HOSTS = ["genlyd.fjordkraft.example"]


def path_of(media: Media) -> str:
    return public_url(media).removeprefix("https://genlyd.fjordkraft.example")


def fetch(path: str, **headers: str):
    return Client(HTTP_HOST="genlyd.fjordkraft.example").get(path, **headers)


@pytest.mark.parametrize(
    ("url", "reachable"),
    [
        ("https://genlyd.fjordkraft.example", True),
        ("https://genlyd.fjordkraft.dk:8443", True),
        ("https://93.184.216.34", True),
        ("http://genlyd.fjordkraft.dk", False),
        ("https://localhost", False),
        ("https://genlyd", False),
        ("https://genlyd.corp", False),
        ("https://genlyd.fritz.internal", False),
        ("https://192.168.1.4", False),
        ("https://[::1]", False),
        ("https://[2606:4700::1111]", True),
        ("https://[", False),
        ("", False),
    ],
)
def test_reachable_from_outside_by_the_form_of_the_address(url: str, reachable: bool) -> None:  # noqa: FBT001
    assert reachable_from_outside(url) is reachable


def test_an_allowed_private_host_counts_as_reachable() -> None:
    assert reachable_from_outside("http://127.0.0.1:8000", frozenset({"127.0.0.1:8000"}))


def test_anybody_with_the_address_sees_exactly_this_picture_and_leaves_no_trace(world: World) -> None:
    media = a_picture(world)
    answer = fetch(path_of(media))
    assert answer.status_code == 200
    assert answer.content == media.file.open("rb").read()
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Robots-Tag"].startswith("noindex")
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


def test_a_png_is_served_as_jpeg_on_white(world: World) -> None:
    media = a_picture(world)
    drawing = io.BytesIO()
    Image.new("RGBA", (400, 300), (0, 0, 0, 0)).save(drawing, "PNG")
    media.file.save("tegning.png", ContentFile(drawing.getvalue()))
    answer = fetch(path_of(media))
    image = Image.open(io.BytesIO(answer.content))
    assert (answer["Content-Type"], image.format, image.getpixel((9, 9))) == (
        "image/jpeg", "JPEG", (255, 255, 255),
    )  # fmt: skip


def test_an_address_that_was_altered_has_expired_or_names_another_content_is_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    media = a_picture(world)
    path = path_of(media)
    assert fetch(path.replace("/picture/", "/picture/x")).status_code == 404
    Media.objects.filter(pk=media.pk).update(sha256="0" * 64)
    assert fetch(path).status_code == 404
    Media.objects.filter(pk=media.pk).update(sha256=media.sha256)
    monkeypatch.setattr(public_picture, "LASTS", timedelta(seconds=-1))
    assert fetch(path).status_code == 404


def test_a_picture_whose_file_is_gone_is_nothing(world: World) -> None:
    media = a_picture(world)
    path = path_of(media)
    media.file.delete(save=False)
    assert fetch(path).status_code == 404


def test_it_can_only_be_read(world: World) -> None:
    assert Client(HTTP_HOST="genlyd.fjordkraft.example").post(path_of(a_picture(world))).status_code == 405


def test_the_same_address_is_not_served_without_end(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public_picture, "MOST_A_MINUTE", 2)
    path = path_of(a_picture(world))
    assert [fetch(path).status_code for _ in range(3)] == [200, 200, 429]


def test_an_installation_that_nobody_can_reach_offers_no_address(world: World, settings) -> None:
    settings.URL = "http://localhost:8000"
    assert public_url(a_picture(world)) == ""


def test_the_address_does_not_stand_in_a_log(world: World) -> None:
    assert without_secrets(path_of(a_picture(world))) == "/share/picture/…"


def test_a_previews_picture_stays_under_one_address(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    media = a_picture(world)
    url = lasting_url(media)
    assert url == lasting_url(media)
    path = url.removeprefix("https://genlyd.fjordkraft.example")
    monkeypatch.setattr(public_picture, "LASTS", timedelta(seconds=-1))
    answer = fetch(path)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "public, max-age=86400")
    assert answer.content == media.file.open("rb").read()
    assert fetch(path.replace("/preview/", "/picture/")).status_code == 404, "tokens are not for each other"
    assert fetch(path_of(media).replace("/picture/", "/preview/")).status_code == 404
    Media.objects.update(sha256="0" * 64)
    assert fetch(path).status_code == 404, "another picture under the same number"


def test_no_address_for_a_preview_where_nobody_outside_could_open_it(world: World, settings) -> None:
    settings.URL = "http://localhost:8000"
    assert lasting_url(a_picture(world)) == ""
