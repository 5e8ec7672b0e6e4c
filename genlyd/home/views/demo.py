"""The demonstration: pick who to be, and the made-up organisation's own web site. None of it exists elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import wraps

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.views.decorators.http import require_http_methods, require_safe

from genlyd.content.models import Story
from genlyd.home.demo import PARTS, members
from genlyd.home.demo_news import NEWS, feed_url, news_url
from genlyd.people.access import public_page

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def demo_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Where people's data are real, the page does not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return public_page(guarded)


@demo_page
@require_http_methods(["GET", "HEAD", "POST"])
def pick(request: HttpRequest) -> HttpResponse:
    """One click, and you are Freja."""
    known = members()
    if request.method == "POST":
        part = next((part for part in PARTS if part.key == request.POST.get("part")), None)
        member = known.get(part.email) if part else None
        if member is None or member.user is None:
            raise Http404
        login(request, member.user, backend=BACKEND)
        return redirect("/")
    parts = [replace(part, member=known[part.email]) for part in PARTS if part.email in known]
    organisation = parts[0].member.organisation if parts and parts[0].member else None
    return render(request, "home/demo/pick.html", {"parts": parts, "organisation": organisation})


@demo_page
@require_safe
def feed(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    made = Rss201rev2Feed(
        title="Nyt fra Nordvang Energi",
        link=f"{settings.URL}/demo/",
        feed_url=feed_url(settings.URL),
        description="Nyheder fra en organisation, der ikke findes.",
        language="da",
    )
    # Whole days: the feed's text, and with it its ETag, changes once a day.
    today = timezone.now().replace(hour=8, minute=0, second=0, microsecond=0)
    for news in NEWS:
        address = news_url(settings.URL, news.slug)
        made.add_item(
            title=news.title,
            link=address,
            unique_id=address,
            description=news.text,
            pubdate=today - timedelta(days=int(news.days_ago) + 1),
        )
    return HttpResponse(made.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")


@demo_page
@require_safe
def news(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the demo's short links lead."""
    article = next((one for one in NEWS if one.slug == slug), None)
    if article:
        return render(request, "home/demo/news.html", {"title": article.title, "text": article.text})
    story = (
        Story.objects.filter(
            organisation__is_demo=True, url=news_url(settings.URL, slug), published_at__isnull=False
        )
        .prefetch_related("facts")
        .first()
    )
    if story is None:
        raise Http404
    return render(
        request, "home/demo/news.html", {"title": story.sentence, "text": story.why, "story": story}
    )
