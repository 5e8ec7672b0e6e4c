from __future__ import annotations

from datetime import datetime

from genlyd.links.models import Link


def mark_published(*, link: Link, at: datetime) -> Link:
    """Note when the post that carries the link went out: hits within seconds of it are preview fetchers.

    The first time counts; telling it again changes nothing.
    """
    if Link.objects.filter(pk=link.pk, published_at=None).update(published_at=at):
        link.published_at = at
    return link
