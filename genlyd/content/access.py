"""Who may see which story, feed and picture: everything is loaded through the asker."""

from __future__ import annotations

from django.db import connection
from django.db.models import Q

from genlyd.base import clock
from genlyd.base.tenancy import one_or_404
from genlyd.content.models import Feed, FeedItem, Media, Story, StoryQuerySet
from genlyd.people.access import is_editor
from genlyd.people.models import Member

_TEAMS_UP = """
WITH RECURSIVE up AS (
  SELECT id, parent_id FROM people_team WHERE id = ANY(%s)
  UNION
  SELECT team.id, team.parent_id FROM people_team team JOIN up ON team.id = up.parent_id
) SELECT id FROM up
"""


def teams_of(member: Member) -> list[int]:
    """The member's department and location, and every team above them. Read once per loaded member."""
    if not hasattr(member, "_teams_up"):
        own = [pk for pk in (member.department_id, member.location_id) if pk]
        found: list[int] = []
        if own:
            with connection.cursor() as cursor:
                cursor.execute(_TEAMS_UP, [own])
                found = [row[0] for row in cursor.fetchall()]
        member._teams_up = found  # type: ignore[attr-defined]  # noqa: SLF001
    teams: list[int] = member._teams_up  # type: ignore[attr-defined]  # noqa: SLF001
    return teams


def meant_for(stories: StoryQuerySet, member: Member) -> StoryQuerySet:
    """Stories whose audience the member belongs to; a story without an audience is for everybody."""
    return stories.filter(Q(audience_ids=[]) | Q(audience_ids__overlap=teams_of(member)))


def stories_of_house(member: Member) -> StoryQuerySet:
    return Story.objects.filter(organisation_id=member.organisation_id)


def story_for(member: Member, pk: int, *, on_offer: bool = True) -> Story:
    """The story if the member may tell it now, else 404. `on_offer=False` also gives one that has run out to read,
    and any story to an editor."""
    now = clock.now()
    rows = stories_of_house(member).select_related(
        "picture", "preview_picture", "focus_area", "period", "responsible"
    )
    if on_offer:
        rows = meant_for(rows.on_offer(now).filter(OPEN_PERIOD), member)
    elif not is_editor(member):
        rows = meant_for(
            rows.filter(published_at__isnull=False, retired_at=None, not_before__lte=now), member
        )
    return one_or_404(rows, pk=pk)


#: A story of a period is offered while the period runs; one without a period at any time.
OPEN_PERIOD = Q(period=None) | Q(period__opened_at__isnull=False, period__closed_at=None)


def story_to_edit(member: Member, pk: int) -> Story:
    """Any story of the asker's organisation. Call from editors' pages."""
    return one_or_404(stories_of_house(member).select_related("picture", "preview_picture", "period"), pk=pk)


def feed_for(member: Member, pk: int) -> Feed:
    return one_or_404(Feed.objects.filter(organisation_id=member.organisation_id), pk=pk)


def items_for(member: Member, pks: list[int]) -> list[FeedItem]:
    """Those of the items that belong to the asker's organisation; the others do not exist."""
    return list(
        FeedItem.objects.filter(organisation_id=member.organisation_id, pk__in=pks).select_related("feed")
    )


def item_for(member: Member, pk: int) -> FeedItem:
    return one_or_404(
        FeedItem.objects.filter(organisation_id=member.organisation_id).select_related("feed"), pk=pk
    )


def picture_for(member: Member, pk: int) -> Media:
    return one_or_404(Media.objects.filter(organisation_id=member.organisation_id), pk=pk)
