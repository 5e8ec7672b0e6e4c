"""Reads shaped for pages."""

from __future__ import annotations

import re
from datetime import datetime

from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from genlyd.content import access
from genlyd.content.models import Feed, FeedItem, Story, StoryQuerySet, StoryState, searchable
from genlyd.links.models import Target
from genlyd.people.models import Member
from genlyd.programmes.models import FocusArea, Period

#: Fewer hits than this are found through the word index alone.
RARE = 300
_WORD = re.compile(r"\w+")


def stories_for(member: Member, now: datetime) -> StoryQuerySet:
    """What the member may tell now, newest first: for today's page and the library. Slice it.

    Three queries' worth of joins, and none per row: pictures, focus area and period come along.
    """
    offered = (
        Story.objects.filter(organisation_id=member.organisation_id).on_offer(now).filter(access.OPEN_PERIOD)
    )
    return (
        access.meant_for(offered, member)
        .select_related("picture", "preview_picture", "focus_area", "period")
        .order_by("-published_at", "-pk")
    )


def found(stories: StoryQuerySet, words: str) -> StoryQuerySet:
    """Stories with all of the words, the last one perhaps unfinished; Danish endings do not matter."""
    parts = _WORD.findall(words)[:8]
    if not parts:
        return stories
    raw = " & ".join([*(f"'{part}'" for part in parts[:-1]), f"'{parts[-1]}':*"])
    matching = stories.alias(searched=searchable()).filter(
        searched=SearchQuery(raw, config="danish", search_type="raw")
    )
    # Sorted by date, PostgreSQL walks the newest stories and reads each: seconds when the word is rare. So the word
    # index answers first, unsorted; only words that are common are left to the walk, which soon has enough of them.
    some = list(matching.order_by().values_list("pk", flat=True)[:RARE])
    return stories.filter(pk__in=some) if len(some) < RARE else matching


def stories_to_edit(
    member: Member,
    *,
    state: str = "",
    period: int | None = None,
    focus_area: int | None = None,
    words: str = "",
) -> StoryQuerySet:
    stories = access.stories_of_house(member)
    if state in StoryState.values:
        stories = stories.in_state(state)
    if period:
        stories = stories.filter(period_id=period)
    if focus_area:
        stories = stories.filter(focus_area_id=focus_area)
    return (
        found(stories, words)
        .select_related("picture", "preview_picture", "focus_area", "period", "responsible")
        .order_by("-created_at", "-pk")
    )


def periods_to_choose(member: Member) -> list[Period]:
    """Periods that a story may belong to: those not closed, newest first."""
    return list(
        Period.objects.filter(organisation_id=member.organisation_id, closed_at=None)
        .select_related("programme")
        .prefetch_related("focus_areas")[:50]
    )


def focus_areas_of(member: Member) -> list[FocusArea]:
    """Focus areas of the periods that are not closed."""
    rows = FocusArea.objects.filter(period__organisation_id=member.organisation_id, period__closed_at=None)
    return list(rows.select_related("period").order_by("-period__starts_on", "pk")[:200])


def items_to_review(member: Member, *, feed: int | None = None) -> QuerySet[FeedItem]:
    rows = FeedItem.objects.filter(organisation_id=member.organisation_id, state=FeedItem.State.NEW)
    if feed:
        rows = rows.filter(feed_id=feed)
    return rows.select_related("feed").order_by("-seen_at", "-pk")


def feeds_of(member: Member) -> QuerySet[Feed]:
    """Feeds that are followed, each with how many items wait for a decision (`waiting`)."""
    waiting = (
        FeedItem.objects.filter(
            organisation_id=member.organisation_id, state=FeedItem.State.NEW, feed=OuterRef("pk")
        )
        .order_by()
        .values("feed")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return Feed.objects.filter(organisation_id=member.organisation_id, stopped_at=None).annotate(
        waiting=Coalesce(Subquery(waiting), 0)
    )


def stories_leading_to(target: Target) -> QuerySet[Story]:
    """Stories in use whose link is this page, with those who look after them."""
    rows = Story.objects.filter(organisation_id=target.organisation_id, url=target.url, retired_at=None)
    return rows.exclude(published_at=None).select_related(
        "responsible__user", "responsible__organisation", "created_by__user", "created_by__organisation"
    )
