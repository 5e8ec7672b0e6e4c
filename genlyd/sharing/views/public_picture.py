"""A picture for the network that is to show it. The signed token is the permission; nobody signs in here."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from genlyd.content.models import Media
from genlyd.people.access import public_page
from genlyd.sharing.public_picture import as_jpeg, media_for, preview_media_for, too_often


@public_page
@require_safe
def public_picture(request: HttpRequest, token: str) -> HttpResponse:  # noqa: ARG001  Django passes it
    # For the network that was given the address, and for no cache.
    return _answer(media_for(token), token, cache="private, no-store")


@public_page
@require_safe
def preview_picture(request: HttpRequest, token: str) -> HttpResponse:  # noqa: ARG001  the same
    """The picture of a link's preview."""
    return _answer(preview_media_for(token), token, cache="public, max-age=86400", preview=True)


def _answer(media: Media | None, token: str, *, cache: str, preview: bool = False) -> HttpResponse:
    if media is None:
        raise Http404
    # Only what is valid is counted: whoever invents tokens must not push other counts out of the cache.
    if too_often(token, preview=preview):
        return HttpResponse(status=429, headers={"Retry-After": "60"})
    try:
        data = as_jpeg(media)
    except FileNotFoundError as error:
        raise Http404 from error
    response = HttpResponse(data, content_type="image/jpeg")
    response["Content-Disposition"] = f'inline; filename="{media.key}.jpg"'
    # For no search engine and no other site.
    response["X-Robots-Tag"] = "noindex, noimageindex, noarchive"
    response["Cache-Control"] = cache
    response["X-Content-Type-Options"] = "nosniff"
    response["Referrer-Policy"] = "no-referrer"
    return response
