"""The life of a story: written as a draft, published, retired; every step can be taken back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from genlyd.base import audit
from genlyd.base.errors import Refused
from genlyd.base.facts import record
from genlyd.content.facts import StoryPublished, StoryRetired
from genlyd.content.models import Angle, ExampleText, FeedItem, Media, Story, StoryFact
from genlyd.people.models import Member, Team
from genlyd.programmes.models import FocusArea, Period

MOST_ANGLES = 3


_COPIED = (
    "sentence", "why", "not_public_yet", "url", "language", "networks", "responsible", "picture", "expires_at",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Card:
    """Everything a message card says. `facts` are (text, source) pairs, angles and examples plain texts."""

    sentence: str
    language: str
    why: str = ""
    not_public_yet: str = ""
    url: str = ""
    networks: list[str] = field(default_factory=list)
    period: Period | None = None
    focus_area: FocusArea | None = None
    responsible: Member | None = None
    not_before: datetime | None = None
    expires_at: datetime | None = None
    picture: Media | None = None
    facts: list[tuple[str, str]] = field(default_factory=list)
    angles: list[str] = field(default_factory=list)
    examples: list[str] = field(default_factory=list)
    audience: list[Team] = field(default_factory=list)


def write_story(*, by: Member, card: Card, now: datetime, source: FeedItem | None = None) -> Story:
    """A new draft. Nobody but editors sees it until it is published."""
    story = Story(organisation_id=by.organisation_id, created_by=by, created_at=now, source=source)
    return _written(story, card, now)


def change_story(*, story: Story, card: Card, now: datetime) -> Story:
    """Changes show at once where the story is published, so what publishing asks for is asked again."""
    if story.published_at and not story.retired_at:
        _refuse_unready(card.sentence, card.picture)
    return _written(story, card, now)


def _written(story: Story, card: Card, now: datetime) -> Story:
    if card.focus_area and card.period and card.focus_area.period_id != card.period.pk:
        raise Refused(
            _("That focus area belongs to another period."),
            next_step=_("Choose a focus area of this period, or none."),
            field="focus_area",
        )
    begins = card.not_before or story.not_before or now
    if card.expires_at and card.expires_at <= begins:
        raise Refused(
            _("The story would expire before it begins."),
            next_step=_("Choose a later day, or leave it empty."),
            field="expires_at",
        )
    new_link = story.url != card.url
    for name in (
        "sentence",
        "why",
        "not_public_yet",
        "url",
        "language",
        "networks",
        "responsible",
        "picture",
        "expires_at",
    ):
        setattr(story, name, getattr(card, name))
    story.focus_area = card.focus_area
    story.period = card.period or (card.focus_area.period if card.focus_area else None)
    story.not_before = begins
    if new_link:
        _forget_preview(story, keep=bool(story._state.adding))  # noqa: SLF001
    with transaction.atomic():
        story.save()
        story.audience.set(card.audience)
        story.facts.all().delete()
        StoryFact.objects.bulk_create(
            StoryFact(story=story, text=text, source=source) for text, source in card.facts
        )
        story.angles.all().delete()
        Angle.objects.bulk_create(
            Angle(story=story, position=position, question=question)
            for position, question in enumerate(card.angles[:MOST_ANGLES], start=1)
        )
        story.examples.all().delete()
        ExampleText.objects.bulk_create(ExampleText(story=story, text=text) for text in card.examples)
        if new_link and story.url:
            from genlyd.content.tasks import fetch_preview  # the task module needs the app registry

            fetch_preview.defer(story_id=story.pk)
    return story


def _forget_preview(story: Story, *, keep: bool) -> None:
    if keep:
        return
    story.preview_title = story.preview_description = story.preview_site = story.preview_error = ""
    story.preview_picture = story.preview_fetched_at = None
    story.preview_edited = False


def publish_story(*, story: Story, by: Member, now: datetime) -> Story:
    """Offer the story to its audience. Raises Refused while something is missing."""
    with transaction.atomic():
        story = Story.objects.select_for_update(of=("self",)).select_related("picture").get(pk=story.pk)
        if story.state == "published":
            return story
        _refuse_unready(story.sentence, story.picture)
        if story.expires_at and story.expires_at <= now:
            raise Refused(
                _("The story has already expired."),
                next_step=_("Choose a later day, or none."),
                field="expires_at",
            )
        story.published_at, story.published_by, story.retired_at = now, by, None
        story.save(update_fields=["published_at", "published_by", "retired_at"])
        audit.note(by.organisation, by, "story.published", story.pk)
        record(StoryPublished(story_id=story.pk, organisation_id=story.organisation_id))
    return story


def _refuse_unready(sentence: str, picture: Media | None) -> None:
    if not sentence.strip():
        raise Refused(
            _("The story has no sentence yet."), next_step=_("Write the one true sentence."), field="sentence"
        )
    if picture and not picture.alt.strip():
        raise Refused(
            _("The picture has no description yet."),
            next_step=_("Say in a few words what it shows, for those who cannot see it."),
            field="alt",
        )


def unpublish_story(*, story: Story, by: Member) -> Story:
    """Take publishing back: a draft again."""
    story.published_at = story.published_by = story.retired_at = None
    with transaction.atomic():
        story.save(update_fields=["published_at", "published_by", "retired_at"])
        audit.note(by.organisation, by, "story.unpublished", story.pk)
    return story


def retire_story(*, story: Story, by: Member, now: datetime) -> Story:
    """No longer offered; what was shared of it stays counted."""
    if story.retired_at:
        return story
    story.retired_at = now
    with transaction.atomic():
        story.save(update_fields=["retired_at"])
        audit.note(by.organisation, by, "story.retired", story.pk)
        record(StoryRetired(story_id=story.pk, organisation_id=story.organisation_id))
    return story


def restore_story(*, story: Story, by: Member) -> Story:
    """Take retiring back: published or a draft, as it was."""
    story.retired_at = None
    with transaction.atomic():
        story.save(update_fields=["retired_at"])
        audit.note(by.organisation, by, "story.restored", story.pk)
        if story.published_at:
            record(StoryPublished(story_id=story.pk, organisation_id=story.organisation_id))
    return story
