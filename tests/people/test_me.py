import io
from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests.world import World

AsMember = Callable[..., Client]
SAID = {"name": "Pia Holm", "title": "Montør", "language": "da", "time_zone": ""}


def a_picture(**options: object) -> SimpleUploadedFile:
    target = io.BytesIO()
    Image.new("RGB", (900, 600), "green").save(target, "JPEG", **options)
    return SimpleUploadedFile("me.jpg", target.getvalue(), "image/jpeg")


def test_member_changes_their_profile_and_language(world: World, as_member: AsMember) -> None:
    assert as_member(world.pia).post("/me/", SAID).status_code == 302
    world.pia.refresh_from_db()
    world.pia.user.refresh_from_db()
    assert (world.pia.name, world.pia.title, world.pia.user.language) == ("Pia Holm", "Montør", "da")


def test_picture_is_cut_stripped_and_shown_to_colleagues_only(
    world: World, as_member: AsMember, settings: object, tmp_path: object
) -> None:
    settings.MEDIA_ROOT = tmp_path
    exif = Image.Exif()
    exif[0x010E] = "where I live"
    as_member(world.pia).post("/me/", {**SAID, "picture": a_picture(exif=exif)})
    world.pia.refresh_from_db()
    shown = as_member(world.poul).get(world.pia.picture.url)
    content = b"".join(shown.streaming_content)
    assert b"where I live" not in content
    assert Image.open(io.BytesIO(content)).size == (512, 512)
    assert as_member(world.oda).get(world.pia.picture.url).status_code == 404
    assert as_member(None).get(world.pia.picture.url).status_code == 302
    as_member(world.pia).post("/me/", {**SAID, "without_picture": "on"})
    assert as_member(world.poul).get(world.pia.picture.url if world.pia.picture else "/").status_code in (
        200,
        404,
    )


def test_text_renamed_to_a_picture_is_refused(world: World, as_member: AsMember) -> None:
    fake = SimpleUploadedFile("me.png", b"this is text", "image/png")
    page = as_member(world.pia).post("/me/", {**SAID, "picture": fake})
    assert "This file is not a picture that can be read." in page.content.decode()
    world.pia.refresh_from_db()
    assert not world.pia.picture


def test_page_says_whether_one_takes_part_and_how_one_signs_in(world: World, as_member: AsMember) -> None:
    page = as_member(world.pia).get("/me/").content.decode()
    for words in ("You take part", "Passkeys", "App with codes", "Fjordkraft"):
        assert words in page
