"""Previews over real HTTP on loopback."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from genlyd.content.actions import preview
from genlyd.content.models import Media, Story
from tests.content.cast import a_picture_file, a_story
from tests.webserver import WebServer, answer
from tests.world import World

AskAs = Callable[..., Client]
HTML = (
    "<html><head><title>Rødgrød</title><meta property='og:image' content='/p.jpg'>"
    "<meta name='description' content='Med fløde'></head></html>"
)


def a_page(site: WebServer, html: str = HTML) -> str:
    site.serve("/p.jpg", a_picture_file((400, 300), "JPEG"), "image/jpeg")
    return site.serve("/page", html.encode("cp1252"), "text/html; charset=windows-1252")


def refreshed(story: Story) -> Story:
    done = preview.refresh_preview(story_id=story.pk)
    assert done is not None
    return done


def test_preview_and_its_picture_are_fetched(world: World, site: WebServer) -> None:
    story = refreshed(a_story(world.erik, url=a_page(site)))
    assert (story.preview_title, story.preview_description, story.preview_error) == (
        "Rødgrød",
        "Med fløde",
        "",
    )
    assert story.preview_picture is not None
    assert (story.preview_picture.width, story.preview_picture.alt) == (400, "Rødgrød")
    assert story.preview_picture.organisation == world.fjordkraft


def test_preview_without_a_usable_picture_is_a_preview(world: World, site: WebServer) -> None:
    url = a_page(site)
    site.serve("/p.jpg", b"this is no picture", "image/jpeg")
    assert refreshed(a_story(world.erik, url=url)).preview_title == "Rødgrød"
    site.redirect("/p.jpg", "http://169.254.169.254/secret.png")
    story = refreshed(a_story(world.erik, url=url))
    assert (story.preview_title, story.preview_picture) == ("Rødgrød", None)
    assert not Media.objects.exists()


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/missing", "not_found"),
        ("/closed", "forbidden"),
        ("/down", "site_error"),
        ("/file", "not_a_page"),
        ("/silent", "nothing_said"),
        ("/private", "private_address"),
        ("/loop", "too_many_redirects"),
    ],
)
def test_trouble_is_kept_with_a_way_out(
    world: World, site: WebServer, as_member: AskAs, path: str, code: str
) -> None:
    site.pages["/closed"] = lambda h: answer(h, 403, b"")
    site.pages["/down"] = lambda h: answer(h, 500, b"")
    site.serve("/file", b"%PDF", "application/pdf")
    site.serve("/silent", b"<html></html>")
    site.redirect("/private", "http://10.0.0.1/")
    site.redirect("/loop", "/loop")
    story = refreshed(a_story(world.erik, url=site.url(path)))
    assert story.preview_error == code
    words, advice = preview.FAULTS[code]
    page = as_member(world.erik).get(reverse("content:story", args=[story.pk])).content.decode()
    assert str(words) in page
    assert str(advice) in page
    assert (
        str(words) not in as_member(world.pia).get(reverse("content:story", args=[story.pk])).content.decode()
    )


def test_words_of_our_own_stay_when_the_page_is_fetched_again(
    world: World, site: WebServer, as_member: AskAs
) -> None:
    story = a_story(world.erik, url=a_page(site))
    as_member(world.alma).post(
        reverse("content:reword", args=[story.pk]), {"title": "Our title", "description": "Ours"}
    )
    again = refreshed(story)
    assert (again.preview_title, again.preview_description) == ("Our title", "Ours")
    assert again.preview_picture is not None


def test_link_changed_while_it_is_fetched_keeps_the_new_one(
    world: World, site: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = a_story(world.erik, url=a_page(site))
    really = preview.look_at

    def look_and_change(url: str, *, seconds: float) -> Any:
        Story.objects.filter(pk=story.pk).update(url="https://other.example/")
        return really(url, seconds=seconds)

    monkeypatch.setattr(preview, "look_at", look_and_change)
    preview.refresh_preview(story_id=story.pk)
    story.refresh_from_db()
    assert (story.url, story.preview_title) == ("https://other.example/", "")


def test_editor_looks_before_saving(world: World, site: WebServer, as_member: AskAs) -> None:
    erik = as_member(world.erik)
    url = a_page(site)
    assert "Rødgrød" in erik.get("/stories/peek/", {"url": url}).content.decode()
    assert "Rødgrød" not in erik.get("/stories/peek/", {"url": ""}).content.decode()
    private = erik.get("/stories/peek/", {"url": "http://192.168.1.1/admin"}).content.decode()
    assert "leads into a private network" in private
    assert not Media.objects.exists()


def test_editor_asks_for_another_look(world: World, site: WebServer, as_member: AskAs) -> None:
    story = a_story(world.erik, url=a_page(site), preview_error="too_slow", preview_fetched_at=timezone.now())
    answer_ = as_member(world.erik).post(reverse("content:look", args=[story.pk]), follow=True)
    assert "Rødgrød" in answer_.content.decode()


def test_story_that_is_gone_needs_no_preview(world: World) -> None:
    assert preview.refresh_preview(story_id=999_999) is None
