"""Pictures, to members of the organisation only. There is no public folder of uploads."""

from __future__ import annotations

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpResponseBase, HttpResponseNotModified
from django.views.decorators.http import require_safe

from genlyd.content import access
from genlyd.content.models import Media
from genlyd.people.access import MemberRequest, member_page

_TYPES = {"jpg": "image/jpeg", "png": "image/png"}


@member_page
@require_safe
def picture(request: MemberRequest, pk: int, key: str) -> HttpResponseBase:
    media = access.picture_for(request.member, pk)
    return _answer(request, media, media.file, key)


@member_page
@require_safe
def thumbnail(request: MemberRequest, pk: int, key: str) -> HttpResponseBase:
    media = access.picture_for(request.member, pk)
    return _answer(request, media, media.thumbnail, key, small=True)


def _answer(
    request: MemberRequest, media: Media, file: FieldFile, key: str, *, small: bool = False
) -> HttpResponseBase:
    if key != media.key:
        raise Http404
    etag = f'"{media.key}{"-s" if small else ""}"'
    response: HttpResponseBase
    if etag in request.headers.get("If-None-Match", ""):
        response = HttpResponseNotModified()
    else:
        suffix = (file.name or "").rpartition(".")[2]
        try:
            opened = file.open("rb")
        except FileNotFoundError as error:
            raise Http404 from error
        response = FileResponse(opened, content_type=_TYPES[suffix])
        response["Content-Disposition"] = f'inline; filename="{media.key}.{suffix}"'
    response["ETag"] = etag
    # The address holds the content's hash, so it may be kept for ever, but only by this person's browser.
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    return response
