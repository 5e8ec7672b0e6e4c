import io
from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from genlyd.base.models import AuditEntry
from tests.world import World

AsMember = Callable[..., Client]
SAID = {
    "organisation": "Fjordkraft A/S", "language": "en", "time_zone": "Europe/Oslo", "website": "fjordkraft.example",
    "email_domains": "@Fjordkraft.example, fjord.example", "accent": "#B3472E",
}  # fmt: skip


def test_administrator_changes_the_organisation_with_a_trace(world: World, as_member: AsMember) -> None:
    assert as_member(world.alma).post("/organisation/", SAID).status_code == 302
    house = world.fjordkraft
    house.refresh_from_db()
    assert (house.name, house.language, house.time_zone, house.accent) == (
        "Fjordkraft A/S", "en", "Europe/Oslo", "#b3472e",
    )  # fmt: skip
    assert house.email_domains == ["fjordkraft.example", "fjord.example"]
    assert "accent" in AuditEntry.objects.get(verb="organisation.changed").detail["fields"]


def test_nonsense_is_refused_where_it_stands(world: World, as_member: AsMember) -> None:
    page = as_member(world.alma).post(
        "/organisation/", {**SAID, "email_domains": "not a domain", "accent": "red"}
    )
    html = page.content.decode()
    assert "is not a domain like example.dk" in html
    assert "Write a colour like #b3472e." in html


def test_logo_is_decoded_and_made_afresh(
    world: World, as_member: AsMember, settings: object, tmp_path: object
) -> None:
    settings.MEDIA_ROOT = tmp_path
    alma, target = as_member(world.alma), io.BytesIO()
    Image.new("RGBA", (2000, 500), (0, 90, 60, 128)).save(target, "PNG")
    alma.post("/organisation/", {**SAID, "logo": SimpleUploadedFile("logo.png", target.getvalue())})
    world.fjordkraft.refresh_from_db()
    assert Image.open(world.fjordkraft.logo.path).size == (960, 240)
    assert alma.get("/brand/logo").status_code == 200
    alma.post("/organisation/", {**SAID, "without_logo": "on"})
    world.fjordkraft.refresh_from_db()
    assert not world.fjordkraft.logo


def test_text_renamed_to_a_logo_is_refused(world: World, as_member: AsMember) -> None:
    page = as_member(world.alma).post(
        "/organisation/", {**SAID, "logo": SimpleUploadedFile("l.png", b"<svg/>")}
    )
    assert "This file is not a picture that can be read." in page.content.decode()


def test_colour_preview_shows_the_corrected_colour(world: World, as_member: AsMember) -> None:
    alma = as_member(world.alma)
    assert "would be hard to read" in alma.get("/organisation/colour/?accent=%23ffff00").content.decode()
    assert "uses its own" in alma.get("/organisation/colour/?accent=nonsense").content.decode()
