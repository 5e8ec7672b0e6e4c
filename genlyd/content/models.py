from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.db.models.signals import m2m_changed
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from genlyd.base.tenancy import Owned

#: "Never expires" as a moment, so that one index range answers what is on offer.
FOREVER = datetime(9999, 1, 1, tzinfo=UTC)


def searchable() -> SearchVector:
    """What a search for stories looks at; the index is on exactly this expression."""
    return SearchVector("sentence", "why", "preview_title", config="danish")


class Media(Owned):
    """A picture, stored as we made it from the upload: decoded, turned upright, stripped, resized."""

    file = models.FileField(upload_to="pictures/")
    thumbnail = models.FileField(upload_to="thumbnails/")
    alt = models.CharField(_("alt text"), max_length=1000, blank=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField(help_text="bytes")
    sha256 = models.CharField(max_length=64)
    #: Shows an identifiable person: an attribute that the evaluation asks about.
    shows_person = models.BooleanField(_("shows a person"), default=False)
    uploaded_by = models.ForeignKey("people.Member", null=True, on_delete=models.SET_NULL, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "sha256"], name="picture_kept_once")]

    @property
    def address(self) -> str:
        """Where members of the organisation see it. Names the content, so that it never changes."""
        return reverse("content:picture", kwargs={"pk": self.pk, "key": self.key})

    @property
    def small_address(self) -> str:
        return reverse("content:thumbnail", kwargs={"pk": self.pk, "key": self.key})

    @property
    def key(self) -> str:
        return self.sha256[:16]


class Feed(Owned):
    url = models.URLField(_("address"), max_length=1000)
    title = models.CharField(max_length=300, blank=True)
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    polled_at = models.DateTimeField(null=True, blank=True)
    succeeded_at = models.DateTimeField(null=True, blank=True)
    #: What went wrong last time: a code, worded when shown; empty when all is well.
    error = models.CharField(max_length=40, blank=True)
    #: Consecutive failures: they slow polling down.
    failures = models.PositiveSmallIntegerField(default=0)
    next_poll_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey("people.Member", null=True, on_delete=models.SET_NULL, related_name="+")
    #: Somebody pressed "check now", and the worker has not answered yet.
    checking_since = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "url"], condition=Q(stopped_at=None), name="feed_followed_once"
            )
        ]
        indexes = [models.Index(fields=["next_poll_at"], condition=Q(stopped_at=None), name="feed_due")]

    def __str__(self) -> str:
        return self.title or self.url


class FeedItem(Owned):
    """What a feed offered. A person decides whether it becomes a story."""

    class State(models.TextChoices):
        NEW = "new", _("To review")
        TAKEN = "taken", _("Made a story")
        SKIPPED = "skipped", _("Skipped")

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="items")
    guid = models.CharField(max_length=500)
    url = models.URLField(max_length=2000, blank=True)
    title = models.CharField(max_length=500)
    summary = models.TextField(blank=True)
    picture_url = models.URLField(max_length=2000, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=8, choices=State.choices, default=State.NEW)
    decided_by = models.ForeignKey("people.Member", null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["feed", "guid"], name="feed_item_once")]
        indexes = [models.Index(fields=["organisation", "state", "-seen_at"], name="feed_item_to_review")]

    def __str__(self) -> str:
        return self.title

    @property
    def id_text(self) -> str:
        """For templates: a deed and its item in one button's value."""
        return str(self.pk)


class StoryState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    RETIRED = "retired", _("Retired")


class StoryQuerySet(models.QuerySet["Story"]):
    def on_offer(self, now: datetime) -> StoryQuerySet:
        """Published, begun and not expired."""
        return self.filter(
            published_at__isnull=False, retired_at=None, not_before__lte=now, offered_until__gt=now
        )

    def in_state(self, state: str) -> StoryQuerySet:
        if state == StoryState.RETIRED:
            return self.filter(retired_at__isnull=False)
        return self.filter(retired_at=None, published_at__isnull=state != StoryState.PUBLISHED)


class Story(Owned):
    """A message card: one true sentence and what a person needs to tell it in their own words."""

    period = models.ForeignKey(
        "programmes.Period", null=True, blank=True, on_delete=models.SET_NULL, related_name="stories"
    )
    focus_area = models.ForeignKey(
        "programmes.FocusArea", null=True, blank=True, on_delete=models.SET_NULL, related_name="stories"
    )
    sentence = models.CharField(_("one true sentence"), max_length=240)
    why = models.TextField(_("why it is worth telling"), blank=True)
    not_public_yet = models.TextField(_("what is not public yet"), blank=True)
    url = models.URLField(_("link"), max_length=2000, blank=True)
    preview_title = models.CharField(max_length=300, blank=True)
    preview_description = models.TextField(blank=True)
    preview_site = models.CharField(max_length=200, blank=True)
    preview_picture = models.ForeignKey(
        Media, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    preview_fetched_at = models.DateTimeField(null=True, blank=True)
    #: What went wrong, for people: the error's code, worded when shown.
    preview_error = models.CharField(max_length=40, blank=True)
    #: Somebody worded the preview by hand: fetching again must not overwrite it.
    preview_edited = models.BooleanField(default=False)
    picture = models.ForeignKey(
        Media, null=True, blank=True, on_delete=models.SET_NULL, related_name="stories"
    )
    language = models.CharField(
        _("language"), max_length=5, choices=[("da", _("Danish")), ("en", _("English"))]
    )
    #: Network keys the story suits; empty means any.
    networks = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    #: Departments or locations the story is for; none means everybody.
    audience = models.ManyToManyField("people.Team", through="StoryAudience", blank=True, related_name="+")
    #: The same teams, kept by `_copy_audience`: what the library asks, row by row, without joining.
    audience_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    responsible = models.ForeignKey(
        "people.Member", null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("responsible"),
    )  # fmt: skip
    source = models.OneToOneField(
        FeedItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="story"
    )
    created_by = models.ForeignKey("people.Member", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    not_before = models.DateTimeField(_("not before"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    #: A column of its own, so that the planner knows how many stories are still on offer.
    offered_until = models.GeneratedField(
        expression=Coalesce("expires_at", Value(FOREVER, output_field=models.DateTimeField())),
        output_field=models.DateTimeField(),
        db_persist=True,
    )
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey("people.Member", null=True, on_delete=models.SET_NULL, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = StoryQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at=None) | Q(expires_at__gt=models.F("not_before")),
                name="story_expires_after_it_begins",
            )
        ]
        indexes = [
            models.Index(
                fields=["organisation", "-published_at"],
                condition=Q(published_at__isnull=False, retired_at=None),
                name="story_newest",
            ),
            models.Index(
                fields=["organisation", "offered_until"],
                condition=Q(published_at__isnull=False, retired_at=None),
                name="story_on_offer",
            ),
            models.Index(
                fields=["organisation", "not_before"],
                condition=Q(published_at__isnull=False, retired_at=None),
                name="story_begins",
            ),
            models.Index(
                fields=["organisation", "-created_at"],
                condition=Q(published_at=None, retired_at=None),
                name="story_drafts",
            ),
            models.Index(
                fields=["organisation", "-created_at"],
                condition=Q(retired_at__isnull=False),
                name="story_retired",
            ),
            models.Index(fields=["organisation", "-created_at"], name="story_by_creation"),
            GinIndex(searchable(), name="story_search"),
        ]

    def __str__(self) -> str:
        return self.sentence

    @property
    def state(self) -> str:
        if self.retired_at:
            return StoryState.RETIRED
        return StoryState.PUBLISHED if self.published_at else StoryState.DRAFT

    def get_state_display(self) -> str:
        return str(StoryState(self.state).label)

    @property
    def state_tone(self) -> str:
        return {StoryState.DRAFT: "accent", StoryState.PUBLISHED: "good"}.get(StoryState(self.state), "quiet")

    @property
    def last_day(self) -> datetime | None:
        """A moment of the last day on which the story is offered."""
        return self.expires_at - timedelta(minutes=1) if self.expires_at else None

    @property
    def link_host(self) -> str:
        """What a reader recognises: the site's name, else its host."""
        return self.preview_site or (urlsplit(self.url).hostname or "").removeprefix("www.")

    @property
    def hero(self) -> Media | None:
        """The picture that stands for the story: its own, else the link's."""
        return self.picture or self.preview_picture


class StoryAudience(models.Model):
    """A team a story is meant for. Kept from deletion: a story that loses its last one would be everybody's."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    team = models.ForeignKey("people.Team", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "team"], name="story_audience_once")]


@receiver(m2m_changed, sender=Story.audience.through)
def _copy_audience(instance: Story, action: str, **_: object) -> None:
    # Whoever changes the audience, and however: a copy that lags would show a story to the wrong people.
    if action.startswith("post_"):
        instance.audience_ids = sorted(instance.audience.values_list("pk", flat=True))
        instance.save(update_fields=["audience_ids"])


class StoryFact(models.Model):
    """A fact one may safely state, with its source."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="facts")
    text = models.CharField(max_length=300)
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]

    @property
    def source_host(self) -> str:
        """The host of a source that is a web address; empty for a book, a person, a report."""
        parts = urlsplit(self.source)
        return (parts.hostname or "").removeprefix("www.") if parts.scheme in {"http", "https"} else ""


class Angle(models.Model):
    """A question that helps a person find their own way into the story; three at most."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="angles")
    position = models.PositiveSmallIntegerField()
    question = models.CharField(max_length=200)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["story", "position"], name="angle_position_once"),
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=3), name="three_angles_at_most"
            ),
        ]


class ExampleText(models.Model):
    """An example, marked as one: never one click from publishing, and what own words are measured against."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="examples")
    text = models.TextField()

    class Meta:
        ordering = ["pk"]
