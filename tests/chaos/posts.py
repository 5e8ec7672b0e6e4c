"""What is posted in a run: unlike each other, and marked, so that each is known again on its server."""

from __future__ import annotations

import random
import re

from django.utils import timezone

from genlyd.content.models import Media, Story
from genlyd.links.actions import create_link
from genlyd.networks.contract import PictureWay
from genlyd.networks.models import Account
from genlyd.networks.registry import NETWORKS
from genlyd.sharing.actions.share import start_delivery
from genlyd.sharing.models import Delivery, Share

#: Part of every text: which delivery it is.
MARK = re.compile(r"Nr(\d{4})")
SYLLABLES = (
    "ha vin mø ka ski stor hjel gry kol af mor tår kra bøl må lyg dæk nat so reg ler pro byg gen ter de ne"
)


def mark_of(delivery: Delivery) -> str:
    found = MARK.search(delivery.share.text)
    assert found
    return found.group(1)


def a_post(story: Story, account: Account, number: int, picture: Media, chance: random.Random) -> Share:
    """On its way. Made directly, without the checks of the composer, which would take most of a run's time."""
    able, now = NETWORKS[account.network].capabilities, timezone.now()
    with_picture = able.picture_required or (able.picture is not PictureWay.NO and number % 4 == 0)
    # Own words for each: some networks, and rules of ours, refuse what is nearly the same as a colleague's.
    words = " ".join("".join(chance.choices(SYLLABLES.split(), k=3)) for _ in range(12))
    member = account.member
    share = Share.objects.create(
        organisation_id=member.organisation_id, member=member, story=story, network=account.network,
        way=Share.Way.API, text=f"Nr{number:04d} hos Fjordkraft: {words}.", language="da",
        picture=picture if with_picture else None, planned_at=now, created_at=now,
        link=create_link(organisation=member.organisation, target=story.url),
    )  # fmt: skip
    start_delivery(share, account=account, due_at=now)
    return share
