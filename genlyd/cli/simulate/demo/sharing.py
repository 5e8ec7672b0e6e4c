"""What waits for the people one may be: hand-overs to confirm, and a draft begun."""

from __future__ import annotations

from datetime import datetime, timedelta

from genlyd.cli.simulate.demo.cast import CAST, FREJA, MARIANNE
from genlyd.cli.simulate.writer import Written
from genlyd.content.models import Story
from genlyd.networks.registry import NETWORKS
from genlyd.people.models import Member
from genlyd.sharing.actions.draft import save_draft
from genlyd.sharing.actions.share import share_story
from genlyd.sharing.models import Share

#: Who, which of the stories on offer, where, how many hours ago, what.
HANDED_OVER = (
    (
        FREJA,
        0,
        "linkedin",
        26,
        (
            "Jeg arbejder som vindmølletekniker hos Nordvang Energi, og i går spurgte min nabo, hvad vi "
            "egentlig laver, når det ikke blæser. Svaret: alt det, man ikke når, når det gør. Bolte, fedt, kaffe og "
            "gode historier."
        ),
    ),
    (
        FREJA,
        1,
        "facebook",
        3,
        (
            "Hos os på Nordvang Energi er der plads til flere, der godt kan lide højder og dårlige vittigheder. "
            "Skriv til mig, hvis du er nysgerrig, så tager jeg dig med op."
        ),
    ),
    (
        MARIANNE,
        0,
        "linkedin",
        5,
        (
            "Her på Nordvang Energi, hvor jeg har ansvaret for kommunikationen, er de bedste historier aldrig mine. De "
            "kommer fra folk med olie på fingrene. Min opgave er at holde op med at pynte på dem."
        ),
    ),
)
DRAFT = "Min første vinter i tårnet glemmer jeg aldrig. Klokken var "


def leave_open(written: Written, now: datetime) -> None:
    """Old hand-overs of the cast are settled; what is left is fresh."""
    known = written.members[: len(CAST)]
    Share.objects.filter(
        member_id__in=known, confirmed_at=None, created_at__lt=now - timedelta(days=2)
    ).update(cancelled_at=now - timedelta(days=1))
    offered = list(
        Story.objects.filter(organisation=written.organisation).on_offer(now).order_by("-published_at")
    )
    for who, place, network, hours, text in HANDED_OVER:
        member = Member.objects.select_related("organisation").get(pk=written.members[who])
        story = offered[min(place, len(offered) - 1)]
        share = share_story(
            member=member, story=story, network=NETWORKS[network], text=text, picture=story.picture
        )
        made = max(now - timedelta(hours=hours), (story.published_at or now) + timedelta(minutes=5))
        Share.objects.filter(pk=share.pk).update(created_at=made, planned_at=made)
    freja = Member.objects.get(pk=written.members[FREJA])
    save_draft(member=freja, story=offered[-1], network="linkedin", text=DRAFT)
