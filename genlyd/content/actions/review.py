"""What feeds brought: a person decides before anybody else sees it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from genlyd.base.errors import Refused
from genlyd.content.actions.stories import Card, write_story
from genlyd.content.angles import proposed_angles
from genlyd.content.models import FeedItem, Story
from genlyd.people.models import Member
from genlyd.programmes.models import Period

_SENTENCE = 240


def take_item(*, item: FeedItem, by: Member, now: datetime) -> Story:
    """A story draft with what the item says. Taking it twice gives the same draft."""
    with transaction.atomic():
        item = FeedItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
        taken = Story.objects.filter(source=item).first()
        if taken:
            return taken
        period = (
            Period.objects.filter(organisation_id=by.organisation_id)
            .running(now.astimezone(ZoneInfo(by.organisation.time_zone)).date())
            .select_related("programme")
            .first()
        )
        language = by.organisation.language
        card = Card(
            sentence=item.title
            if len(item.title) <= _SENTENCE
            else item.title[: _SENTENCE - 1].rstrip() + "…",
            why=item.summary,
            url=item.url,
            language=language,
            period=period,
            responsible=by,
            angles=proposed_angles(period.programme.goal_kind if period else "", language),
        )
        story = write_story(by=by, card=card, now=now, source=item)
        _decide([item], FeedItem.State.TAKEN, by, now)
    return story


def skip_items(*, items: list[FeedItem], by: Member, now: datetime) -> list[FeedItem]:
    """Those that were still undecided."""
    return _decide(
        [item for item in items if item.state == FeedItem.State.NEW], FeedItem.State.SKIPPED, by, now
    )


def restore_items(*, items: list[FeedItem]) -> list[FeedItem]:
    """Take a decision back. A draft made from an item goes with it, unless it was published."""
    with transaction.atomic():
        stories = list(Story.objects.filter(source__in=items).select_for_update())
        if any(story.published_at for story in stories):
            raise Refused(
                _("The story made of it is already out."),
                next_step=_("Retire the story instead."),
                field=None,
            )
        for story in stories:
            story.delete()
        FeedItem.objects.filter(pk__in=[item.pk for item in items]).update(
            state=FeedItem.State.NEW, decided_by=None, decided_at=None
        )
    return items


def _decide(items: list[FeedItem], state: str, by: Member, now: datetime) -> list[FeedItem]:
    for item in items:
        item.state, item.decided_by, item.decided_at = state, by, now
    FeedItem.objects.bulk_update(items, ["state", "decided_by", "decided_at"])
    return items
