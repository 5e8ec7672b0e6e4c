"""The address at which a network fetches one picture of one post, for a while and without signing in."""

from __future__ import annotations

import io
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.urls import reverse
from PIL import Image

from genlyd.base import clock
from genlyd.base.crypto import fingerprint
from genlyd.content.models import Media
from genlyd.sharing.domain.reachable import reachable_from_outside

_SALT, _LASTING_SALT = "sharing.public_picture", "sharing.preview_picture"
#: Networks fetch at once; a queue of theirs may be long.
LASTS = timedelta(hours=2)
QUALITY = 90
#: A network fetches each a few times; whoever asks for one more often is no network.
MOST_A_MINUTE = 30
#: A preview's picture is fetched by every server that shows the post: hundreds of Mastodon's within a minute.
MOST_PREVIEWS_A_MINUTE = 600


def can_be_fetched() -> bool:
    """A network on the internet can reach this installation."""
    return reachable_from_outside(settings.URL, frozenset(settings.PRIVATE_HOSTS_ALLOWED))


def public_url(media: Media) -> str:
    """For the next two hours; "" where nobody outside could open it."""
    if not can_be_fetched():
        return ""
    # The content's key is in it: nothing else can ever be served under this address.
    token = signing.dumps([media.pk, media.key], salt=_SALT)
    return settings.URL + reverse("sharing:public_picture", args=[token])


def lasting_url(media: Media) -> str:
    """For link previews, which are drawn days later too: for as long as the picture is kept. "" as above."""
    if not can_be_fetched():
        return ""
    # Without a time in it: one address for all links to a story, which networks fetch once.
    token = signing.Signer(salt=_LASTING_SALT).sign_object([media.pk, media.key])
    return settings.URL + reverse("sharing:preview_picture", args=[token])


def media_for(token: str) -> Media | None:
    """The picture that the token was made for; None when it is expired, foreign, or names what is not there."""
    try:
        return _media(*signing.loads(token, salt=_SALT, max_age=LASTS))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def preview_media_for(token: str) -> Media | None:
    """The same for a token of `lasting_url`."""
    try:
        return _media(*signing.Signer(salt=_LASTING_SALT).unsign_object(token))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def _media(pk: int, key: str) -> Media | None:
    media = Media.objects.filter(pk=pk).first()
    return media if media and media.key == key else None


def too_often(token: str, *, preview: bool = False) -> bool:
    """Counts this question too."""
    key = f"sharing.picture.{fingerprint(token)}.{int(clock.now().timestamp()) // 60}"
    if cache.add(key, 1, timeout=120):
        return False
    return bool(cache.incr(key) > (MOST_PREVIEWS_A_MINUTE if preview else MOST_A_MINUTE))


def as_jpeg(media: Media) -> bytes:
    """What every network takes: JPEG. A drawing with holes in it stands on white. Raises FileNotFoundError."""
    with media.file.open("rb") as file:
        data = bytes(file.read())
    if data.startswith(b"\xff\xd8\xff"):
        return data
    with Image.open(io.BytesIO(data)) as image:
        plain = image.convert("RGBA")
        ground = Image.new("RGB", plain.size, "white")
        ground.paste(plain, mask=plain.getchannel("A"))
    out = io.BytesIO()
    ground.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
