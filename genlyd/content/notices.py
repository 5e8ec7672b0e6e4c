"""Mail about stories."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genlyd.content.models import Story
from genlyd.links.models import Target
from genlyd.notifications.notice import Notice, declare

LINK = declare("content.link", gettext_lazy("When the page a story links to is gone, or back"))


def link_gone(story: Story, target: Target) -> Notice:
    def subject() -> str:
        if target.health == Target.Health.GONE:
            return _("The page your story leads to is gone")
        return _("The page your story leads to does not answer")

    return Notice(
        kind=LINK, subject=subject, template="content/mail/link_gone",
        context={
            "story": story, "target": target, "gone": target.health == Target.Health.GONE,
            "page": settings.URL + reverse("links:target", args=[target.pk]),
            "edit": settings.URL + reverse("content:edit", args=[story.pk]),
        },
    )  # fmt: skip


def link_back(story: Story, target: Target) -> Notice:
    return Notice(
        kind=LINK, subject=lambda: _("The page your story leads to answers again"),
        template="content/mail/link_back", context={"story": story, "target": target},
    )  # fmt: skip
