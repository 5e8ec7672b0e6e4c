from __future__ import annotations

from datetime import datetime

from genlyd.links.models import Link


def retire_link(*, link: Link, now: datetime) -> Link:
    """From now on the link answers that it is no longer in use. Its clicks stay.

    Redirect processes remember links for a short while (`redirect.lookup.FRESH`), so it takes up to that long.
    """
    if Link.objects.filter(pk=link.pk, retired_at=None).update(retired_at=now):
        link.retired_at = now
    return link
