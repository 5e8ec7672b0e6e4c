"""Figures that a person types in about a post of their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from genlyd.networks.domain.figures import Metric
from genlyd.people.models import Member
from genlyd.sharing.actions.note_figures import note_figures
from genlyd.sharing.actions.report import report_figures, take_back
from genlyd.sharing.models import PostReading, Share
from tests.sharing.makers import a_share, a_story, an_account
from tests.sharing.readers import SaysWhatWeWant, a_post, network
from tests.world import World

__all__ = ["network"]
pytestmark = pytest.mark.django_db
AskAs = Callable[[Member], Client]
SEEN, LIKES = Metric.IMPRESSIONS, Metric.REACTIONS
EMPTY = {"impressions": "", "members_reached": "", "reactions": "", "comments": "", "reshares": ""}


@pytest.fixture
def share(world: World) -> Share:
    """Pia's post on LinkedIn, by hand-over, and there."""
    made = a_share(world.pia, a_story(world))
    made.confirmed_at, made.confirmed_by_api = timezone.now(), False
    made.save()
    return made


def newest(share: Share) -> dict[str, tuple[int, str]]:
    rows = PostReading.objects.filter(share_id=share.pk, until=None)
    return {row.metric: (row.value, row.quality) for row in rows}


def test_reported_figures_keep_what_was_said_before(share: Share) -> None:
    assert report_figures(share=share, figures={SEEN: 50, LIKES: None}) == 1
    assert report_figures(share=share, figures={SEEN: 50, LIKES: 0}) == 1
    assert report_figures(share=share, figures={SEEN: 80}) == 1
    rows = PostReading.objects.order_by("metric", "value").values_list("metric", "value", "source")
    assert list(rows) == [(SEEN, 50, "typed"), (SEEN, 80, "typed"), (LIKES, 0, "typed")]


def test_a_file_that_is_older_than_what_is_known_changes_nothing(share: Share) -> None:
    report_figures(share=share, figures={SEEN: 80})
    old = timezone.now() - timedelta(days=2)
    assert report_figures(share=share, figures={SEEN: 40}, at=old, source="linkedin_posts") == 0
    assert newest(share) == {SEEN: (80, "reported")}


def test_what_is_taken_back_leaves_what_was_known_before(share: Share) -> None:
    report_figures(share=share, figures={SEEN: 50})
    report_figures(share=share, figures={SEEN: 500, LIKES: 3})
    assert take_back(share=share, metrics=[SEEN]) == 1
    assert newest(share) == {SEEN: (50, "reported"), LIKES: (3, "reported")}
    assert take_back(share=share) == 2
    assert newest(share) == {}


def test_only_what_was_typed_can_be_taken_back(share: Share) -> None:
    note_figures(
        organisation_id=share.organisation_id, by_share={share.pk: {LIKES: 3}}, at=timezone.now(),
        quality="measured", source="network",
    )  # fmt: skip
    assert take_back(share=share) == 0
    assert newest(share) == {LIKES: (3, "measured")}


def test_member_types_in_figures_of_their_own_post_only(world: World, share: Share, as_member: AskAs) -> None:
    url = f"/share/{share.pk}/figures/"
    for other in (world.poul, world.lene, world.alma, world.oda):
        assert as_member(other).get(url).status_code == 404
    pia = as_member(world.pia)
    assert pia.post(url, {**EMPTY, "impressions": "840", "comments": "-1"}).status_code == 422
    assert pia.post(url, {**EMPTY, "impressions": "840"}).status_code == 302
    assert newest(share) == {SEEN: (840, "reported")}


def test_typed_figures_can_be_undone_changed_and_emptied(
    world: World, share: Share, as_member: AskAs
) -> None:
    pia, url = as_member(world.pia), f"/share/{share.pk}/figures/"
    pia.post(url, {**EMPTY, "impressions": "840"})
    pia.post(url, {**EMPTY, "impressions": "48"})
    page = pia.get("/share/mine/").content.decode()
    assert f"{url}undo/" in page
    pia.post(f"{url}undo/")
    assert newest(share) == {SEEN: (840, "reported")}
    assert f"{url}undo/" not in pia.get("/share/mine/").content.decode()
    pia.post(f"{url}undo/")  # pressed twice: there is nothing more to undo
    assert newest(share) == {SEEN: (840, "reported")}
    assert 'value="840"' in pia.get(url).content.decode()
    pia.post(url, EMPTY)
    assert newest(share) == {}


def test_a_post_whose_network_tells_needs_no_typing(
    world: World, as_member: AskAs, network: SaysWhatWeWant
) -> None:
    post = a_post(world.pia, a_story(world), an_account(world.pia), age=timedelta(hours=3))
    pia, url = as_member(world.pia), f"/share/{post.pk}/figures/"
    assert pia.get(url).status_code == 404
    Share.objects.update(confirmed_at=timezone.now() - timedelta(days=2))
    assert pia.get(url).status_code == 200  # it has told nothing in two days
    note_figures(
        organisation_id=post.organisation_id, by_share={post.pk: {LIKES: 3}}, at=timezone.now(),
        quality="measured", source="network",
    )  # fmt: skip
    assert pia.get(url).status_code == 404


@pytest.mark.parametrize("field", ["confirmed_at", "deleted_at"])
def test_figures_belong_to_a_post_that_is_there(
    world: World, share: Share, as_member: AskAs, field: str
) -> None:
    changes = {"confirmed_at": None, "confirmed_by_api": None} if field == "confirmed_at" else {}
    Share.objects.update(**(changes or {"deleted_at": timezone.now()}))
    assert as_member(world.pia).get(f"/share/{share.pk}/figures/").status_code == 404


def test_my_posts_show_what_is_known_and_nothing_else(world: World, share: Share, as_member: AskAs) -> None:
    note_figures(
        organisation_id=share.organisation_id, by_share={share.pk: {LIKES: 12, Metric.COMMENTS: 0}},
        at=timezone.now() - timedelta(hours=2), quality="measured", source="network",
    )  # fmt: skip
    page = " ".join(as_member(world.pia).get("/share/mine/").content.decode().split())
    assert "<dt>reactions</dt><dd>12</dd>" in page
    assert "<dt>comments</dt><dd>0</dd>" in page
    assert "impression" not in page
    assert "Measured" in page
    assert "by LinkedIn" in page
    report_figures(share=share, figures={SEEN: 1840})
    page = " ".join(as_member(world.pia).get("/share/mine/").content.decode().split())
    assert 'impressions <span class="quiet">(reported)</span></dt><dd>1,840</dd>' in page
    assert "Partly reported" in page


def test_nobody_else_sees_a_members_figures(world: World, share: Share, as_member: AskAs) -> None:
    report_figures(share=share, figures={SEEN: 98765})
    for url in (
        "/",
        "/share/mine/",
        f"/figures/{world.period.pk}/",
        f"/figures/{world.period.pk}/figures.csv",
    ):
        for other in (world.lene, world.alma, world.poul):
            page = as_member(other).get(url, follow=True).content.decode()
            assert "98765" not in page
            assert "98,765" not in page
