from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from genlyd.base.tenancy import Owned


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


class Feed(Owned):
    url = models.URLField(_("address"), max_length=1000)
    title = models.CharField(max_length=300, blank=True)
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    polled_at = models.DateTimeField(null=True, blank=True)
    succeeded_at = models.DateTimeField(null=True, blank=True)
    #: What went wrong last time, for people; empty when all is well. Consecutive failures slow polling down.
    error = models.CharField(max_length=500, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    next_poll_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey("people.Member", null=True, on_delete=models.SET_NULL, related_name="+")
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
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


class StoryQuerySet(models.QuerySet["Story"]):
    def on_offer(self, now: object) -> StoryQuerySet:
        """Published, begun and not expired."""
        return self.filter(published_at__isnull=False, retired_at=None, not_before__lte=now).filter(
            Q(expires_at=None) | Q(expires_at__gt=now)
        )


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
    preview_error = models.CharField(max_length=300, blank=True)
    picture = models.ForeignKey(
        Media, null=True, blank=True, on_delete=models.SET_NULL, related_name="stories"
    )
    language = models.CharField(
        _("language"), max_length=5, choices=[("da", _("Danish")), ("en", _("English"))]
    )
    #: Network keys the story suits; empty means any.
    networks = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    #: Departments or locations the story is for; none means everybody.
    audience = models.ManyToManyField("people.Team", blank=True, related_name="+")
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
        indexes = [models.Index(fields=["organisation", "-published_at"], name="story_newest")]

    def __str__(self) -> str:
        return self.sentence


class StoryFact(models.Model):
    """A fact one may safely state, with its source."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="facts")
    text = models.CharField(max_length=300)
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]


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
