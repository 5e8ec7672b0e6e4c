from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from genlyd.base.errors import Refused
from genlyd.base.models import AuditEntry
from genlyd.programmes.actions import name_owner
from genlyd.rules.actions import acknowledge, draft_guideline, publish_guideline
from genlyd.rules.markdown import render
from genlyd.rules.models import Acknowledgement, Guideline
from genlyd.rules.queries import acknowledged, guideline_to_acknowledge
from tests.world import World

As = Callable[[Any], Client]


def published(world: World, text: str = "Be kind.", change: str = "") -> Guideline:
    return publish_guideline(draft_guideline(text=text, change=change, by=world.lene), by=world.lene)


def test_a_new_version_asks_everybody_again(world: World) -> None:
    first = published(world)
    acknowledge(first, by=world.pia)
    acknowledge(first, by=world.pia)
    assert Acknowledgement.objects.count() == 1
    assert guideline_to_acknowledge(world.pia) is None
    second = published(world, "Be kinder.", "Kinder")
    assert (second.version, guideline_to_acknowledge(world.pia)) == (2, second)
    assert guideline_to_acknowledge(world.oda) is None


def test_a_new_version_says_what_has_changed(world: World) -> None:
    published(world)
    with pytest.raises(Refused) as refusal:
        published(world, "Be kinder.")
    assert refusal.value.field == "change"


def test_a_published_version_never_changes(world: World) -> None:
    first = published(world)
    draft = draft_guideline(text="Another", change="x", by=world.lene)
    first.refresh_from_db()
    assert (first.text, draft.version) == ("Be kind.", 2)
    assert AuditEntry.objects.filter(verb="published guideline").count() == 1


def test_a_draft_cannot_be_acknowledged(world: World) -> None:
    with pytest.raises(Refused):
        acknowledge(draft_guideline(text="x", by=world.lene), by=world.pia)


def test_acknowledged_is_a_count(world: World) -> None:
    guideline = published(world)
    acknowledge(guideline, by=world.pia)
    found = acknowledged(guideline)
    assert (found.count, found.members, found.percent) == (1, 5, 20)


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("<script>alert(1)</script>", "<script"),
        ("[x](javascript:alert(1))", "href"),
        ("![x](https://a.example/x.png)", "<img"),
        ("# Big", "<h1"),
    ],
)
def test_markdown_is_made_safe(text: str, absent: str) -> None:
    assert absent not in render(text)


def test_markdown_of_a_guideline() -> None:
    html = render("## You decide\n\n- **one**\n- [two](https://a.example/)")
    assert "<h2>You decide</h2>" in html
    assert 'href="https://a.example/"' in html


def test_the_suggestion_is_in_the_language_of_the_house(world: World, as_member: As) -> None:
    text = as_member(world.lene).get(reverse("rules:edit_guideline")).content.decode()
    assert "Du bestemmer selv" in text


def test_read_and_acknowledge_with_one_click(world: World, as_member: As) -> None:
    client = as_member(world.pia)
    assert "Not written yet" in client.get(reverse("rules:guideline")).content.decode()
    published(world)
    assert "I have read it" in client.get(reverse("rules:guideline")).content.decode()
    client.post(reverse("rules:acknowledge"), {"version": 1})
    assert Acknowledgement.objects.get().member == world.pia
    assert client.post(reverse("rules:acknowledge"), {"version": 9}).status_code == 404
    assert client.get(reverse("rules:acknowledge")).status_code == 405
    assert "I have read it" not in client.get(reverse("rules:guideline")).content.decode()


def test_publish_from_the_form(world: World, as_member: As) -> None:
    url, client = reverse("rules:edit_guideline"), as_member(world.lene)
    client.post(url, {"text": "Be kind."})
    assert Guideline.objects.get().published_at is None
    client.post(url, {"text": "Be kind.", "publish": "1"})
    assert Guideline.objects.get().published_by == world.lene
    answer = client.post(url, {"text": "Be kinder.", "publish": "1"})
    assert answer.status_code == 422
    assert "what has changed" in answer.content.decode()


def test_who_may_change_the_rules(world: World, as_member: As) -> None:
    urls = [reverse("rules:edit_guideline"), reverse("rules:rule", args=["frequency"])]
    for url in urls:
        assert as_member(world.lene).get(url).status_code == 200
        for other in (world.pia, world.erik):
            assert as_member(other).get(url).status_code == 404
        assert as_member(None).get(url).status_code == 302
    name_owner(world.period, duty="rules", member=world.pia, by=world.lene)
    for url in [*urls, reverse("rules:list")]:
        assert as_member(world.pia).get(url).status_code == 200


def test_earlier_versions_stay_readable_inside_the_house(world: World, as_member: As) -> None:
    published(world)
    published(world, "Be kinder.", "Kinder")
    url = reverse("rules:version", args=[1])
    assert "Be kind." in as_member(world.pia).get(url).content.decode()
    assert as_member(world.oda).get(url).status_code == 404
