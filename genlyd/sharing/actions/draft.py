from __future__ import annotations

from datetime import datetime

from genlyd.base import clock
from genlyd.content.models import Media, Story
from genlyd.people.models import Member
from genlyd.sharing.models import Draft


def save_draft(
    *,
    member: Member,
    story: Story,
    network: str,
    text: str,
    picture: Media | None = None,
    planned_at: datetime | None = None,
) -> Draft | None:
    """Keep what is being written. An empty text without a picture of one's own keeps nothing."""
    if not text.strip() and (picture is None or picture.pk == story.picture_id):
        Draft.objects.filter(member=member, story=story).delete()
        return None
    values = {
        "organisation_id": member.organisation_id,
        "network": network,
        "text": text,
        "picture": picture,
        "planned_at": planned_at,
        "changed_at": clock.now(),
    }
    draft, _new = Draft.objects.update_or_create(member=member, story=story, defaults=values)
    return draft


def discard_draft(*, member: Member, story: Story) -> None:
    """No thanks. Nothing is left that says so."""
    Draft.objects.filter(member=member, story=story).delete()
