from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from genlyd.people.models import Organisation


def test_the_brand_sheet_is_made_of_its_address_alone(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = Client().get(reverse("ui:brand_css", args=["b3472e"]))
    assert answer.headers["Content-Type"].startswith("text/css")
    assert "immutable" in answer.headers["Cache-Control"]
    assert "--accent:#b3472e" in answer.content.decode()


@pytest.mark.parametrize("path", ["/brand/red.css", "/brand/B3472E.css", "/brand/b3472e0.css"])
def test_what_is_no_colour_has_no_sheet(path, db):
    assert Client().get(path).status_code == 404


def test_pages_of_an_organisation_link_its_colours(world, as_member):
    world.fjordkraft.accent = "#004488"
    world.fjordkraft.save()
    assert "/brand/004488.css" in as_member(world.pia).get("/nowhere/").content.decode()
    assert "/brand/" not in as_member(world.oda).get("/nowhere/").content.decode()


def test_a_logo_is_shown_to_its_own_organisation_only(world, as_member, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    picture = BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    world.fjordkraft.logo.save("logo.png", ContentFile(picture.getvalue()))
    answer = as_member(world.pia).get(reverse("ui:brand_logo"))
    assert answer.headers["Content-Type"] == "image/png"
    assert b"".join(answer.streaming_content) == picture.getvalue()
    assert as_member(world.oda).get(reverse("ui:brand_logo")).status_code == 404
    assert Client().get(reverse("ui:brand_logo")).status_code == 404


def test_a_logo_of_another_kind_is_not_served(world, as_member, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    world.fjordkraft.logo.save("logo.html", ContentFile(b"<script>"))
    assert as_member(world.pia).get(reverse("ui:brand_logo")).status_code == 404


def test_the_door_looks_like_the_house_while_there_is_one(db):
    Organisation.objects.create(name="Fjordkraft", accent="#004488")
    page = Client().get("/nowhere/").content.decode()
    assert "Fjordkraft" in page
    assert "/brand/004488.css" in page


def test_the_door_names_nobody_while_there_are_several(world):
    page = Client().get("/nowhere/").content.decode()
    assert "Fjordkraft" not in page
    assert "Havblik" not in page


def test_a_phone_finds_name_and_icons(db):
    manifest = Client().get(reverse("ui:manifest")).json()
    assert manifest["short_name"] == "Genlyd"
    assert {icon["sizes"] for icon in manifest["icons"]} == {"192x192", "512x512"}
