"""The preview of a story's link: fetched by the worker, or at once when an editor asks."""

from __future__ import annotations

import logging

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from genlyd.base import clock, http
from genlyd.base.errors import Refused
from genlyd.content.actions.pictures import keep_picture
from genlyd.content.domain import preview
from genlyd.content.domain.pictures import MOST_BYTES
from genlyd.content.models import Media, Story

log = logging.getLogger(__name__)

HTML = "text/html,application/xhtml+xml;q=0.9,image/*;q=0.5,*/*;q=0.1"
_NOT_FOUND = {404, 410}
_FORBIDDEN = {401, 402, 403, 451}

#: What is stored is the code; people read the words, in their language.
FAULTS: dict[str, tuple[str | Promise, str | Promise]] = {
    **{
        error.code: (error.words, error.advice)
        for error in (
            http.BadAddress, http.PrivateAddress, http.NotReachable, http.TooSlow, http.TooLarge, http.TooManyRedirects,
        )
    },
    "not_found": (_("The site says that there is no such page."), _("Check the link: open it in your browser.")),
    "forbidden": (
        _("The site does not let us see the page."),
        _("It may need a sign-in, or keep programs out. Write title and description yourself."),
    ),
    "site_error": (_("The site has a problem of its own."), _("Try again in a while, or write the preview yourself.")),
    "not_a_page": (
        _("The link leads to a file, not to a page."),
        _("Use the address of a page about it, or write title and description yourself."),
    ),
    "nothing_said": (
        _("The page does not say what it is about."),
        _("Write title and description yourself."),
    ),
}  # fmt: skip


class Unseen(Refused):
    """The page gave no preview; `code` is a key of FAULTS."""

    def __init__(self, code: str) -> None:
        words, advice = FAULTS[code]
        super().__init__(words, next_step=advice, field="url")
        self.code = code


def look_at(url: str, *, seconds: float) -> tuple[preview.Preview, str]:
    """What the page says about itself, and where it was found. Raises NotFetched or Unseen."""
    got = http.fetch(url, accept=HTML, most_bytes=3_000_000, seconds=seconds)
    if got.status in _NOT_FOUND:
        raise Unseen("not_found")
    if got.status in _FORBIDDEN:
        raise Unseen("forbidden")
    if not got.ok:
        raise Unseen("site_error")
    if got.content_type not in {"text/html", "application/xhtml+xml", ""}:
        raise Unseen("not_a_page")
    seen = preview.read(got.body, got.headers.get("content-type", ""), got.url)
    if not seen.title:
        raise Unseen("nothing_said")
    return seen, got.url


def refresh_preview(*, story_id: int, seconds: float = 15.0) -> Story | None:
    """Fetch the preview of a story's link and store it, or what went wrong. Repeatable; no lock while fetching."""
    story = Story.objects.select_related("organisation").filter(pk=story_id).first()
    if story is None or not story.url:
        return story
    asked = story.url
    seen, picture, code = preview.Preview(), None, ""
    try:
        seen, _where = look_at(asked, seconds=seconds)
        picture = _picture_of(story, seen, seconds=seconds)
    except (http.NotFetched, Unseen) as error:
        code = error.code
        log.info(
            "preview.failed", extra={"story": story_id, "code": code, "detail": getattr(error, "detail", "")}
        )
    with transaction.atomic():
        current = Story.objects.select_for_update(of=("self",)).filter(pk=story_id).first()
        if current is None or current.url != asked:
            return current  # The link was changed meanwhile: its own job fetches that one.
        current.preview_error = code
        current.preview_fetched_at = clock.now()
        if not code:
            if not current.preview_edited:
                current.preview_title = seen.title
                current.preview_description = seen.description
            current.preview_site = seen.site
            current.preview_picture = picture
        current.save(
            update_fields=[
                "preview_error", "preview_fetched_at", "preview_title", "preview_description", "preview_site",
                "preview_picture",
            ]
        )  # fmt: skip
    return current


def _picture_of(story: Story, seen: preview.Preview, *, seconds: float) -> Media | None:
    """The page's picture through the same checks as an upload; a preview without one is a preview all the same."""
    if not seen.picture:
        return None
    try:
        got = http.fetch(seen.picture, accept="image/*", most_bytes=MOST_BYTES, seconds=seconds)
        if not got.ok:
            return None
        return keep_picture(
            organisation=story.organisation, data=got.body, by=None, alt=seen.picture_alt or seen.title
        )
    except Refused as error:
        log.info("preview.no_picture", extra={"story": story.pk, "reason": str(error)})
        return None


def edit_preview(*, story: Story, title: str, description: str) -> Story:
    """Words of our own instead of the page's."""
    story.preview_title, story.preview_description, story.preview_edited = title, description, True
    story.preview_error = ""
    story.save(update_fields=["preview_title", "preview_description", "preview_edited", "preview_error"])
    return story
