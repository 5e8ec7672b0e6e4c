"""Pictures to LinkedIn: where to, in which form, and the wait until they can be used."""

from __future__ import annotations

import io
import time
from urllib.parse import urlsplit

from django.conf import settings
from PIL import Image

from genlyd.networks.calls import CallFailed, call
from genlyd.networks.contract import Picture
from genlyd.networks.domain.outcome import Failed, Kind, Outcome
from genlyd.networks.domain.quota import Call
from genlyd.networks.linkedin import api
from genlyd.networks.linkedin.domain import urns
from genlyd.networks.models import Account

#: LinkedIn's own limit, in pixels.
MOST_PIXELS = 36_152_320
#: What it takes; everything else is made a JPEG.
TAKEN = {"image/jpeg", "image/png", "image/gif"}
#: A member's app may not ask whether a picture is ready, so it is given a moment.
SETTLES = 3.0


def upload(account: Account, picture: Picture, *, read_seconds: float) -> str:
    """The picture's URN. Repeatable: an upload that no post uses is seen by nobody. Raises Failed."""
    if picture.width * picture.height >= MOST_PIXELS:
        raise Failed(Outcome(kind=Kind.REJECTED, problem="picture_too_large"))
    data, mime = fitting(picture)
    asked = {"initializeUploadRequest": {"owner": urns.author(account.remote_id)}}
    try:
        answer = api.ask(
            account, "POST", "/rest/images?action=initializeUpload", json_body=asked, counts=Call.UPLOAD
        )
        where, urn = answer.text("value", "uploadUrl"), answer.text("value", "image")
        if not answer.ok:
            raise Failed(repeatable(api.judged(account, answer)))
        if not urn.startswith("urn:li:image:") or not _is_theirs(where):
            raise Failed(Outcome(kind=Kind.NOT_SENT, problem="unreachable", error="no place to upload to"))
        parts = urlsplit(where)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        sent = call(
            f"{parts.scheme}://{parts.netloc}", "PUT", path, token=api.token_of(account), data=data, mime=mime,
            read_seconds=read_seconds,
        )  # fmt: skip
    except CallFailed as error:
        raise Failed(Outcome(kind=Kind.NOT_SENT, problem="unreachable", error=error.outcome.error)) from error
    if not sent.ok:
        raise Failed(repeatable(api.judged(account, sent)))
    time.sleep(SETTLES)
    return urn


def repeatable(outcome: Outcome) -> Outcome:
    """Before the post itself nothing shows to anybody: what is not known may simply be tried again."""
    if outcome.kind is not Kind.UNKNOWN:
        return outcome
    return Outcome(kind=Kind.NOT_SENT, problem="unreachable", status=outcome.status, error=outcome.error)


def _is_theirs(where: str) -> bool:
    """The token goes along: only to LinkedIn, or to where the installation has moved LinkedIn to."""
    try:
        parts = urlsplit(where)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme == "https" and (host == "linkedin.com" or host.endswith(".linkedin.com")):
        return True
    # Whoever has moved LinkedIn elsewhere (to a test double, say) has also said which hosts of theirs may be asked.
    return "linkedin" in settings.NETWORK_ADDRESSES and parts.netloc in settings.PRIVATE_HOSTS_ALLOWED


def fitting(picture: Picture) -> tuple[bytes, str]:
    if picture.mime in TAKEN:
        return picture.data, picture.mime
    made = io.BytesIO()
    with Image.open(io.BytesIO(picture.data)) as image:
        image.convert("RGB").save(made, "JPEG", quality=90)
    return made.getvalue(), "image/jpeg"
