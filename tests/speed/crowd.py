"""Many colleagues with planned posts, made in bulk: python -m tests.speed.crowd SERVER POSTS.

Each has one account at SERVER and shares in turn; one of them has planned fifty, and may send ten fewer in an hour.
All of it is due tomorrow.
"""

from __future__ import annotations

import base64
import json
import os
import sys
from datetime import timedelta

COLLEAGUES = 2_000
#: Of the one with many: planned, and what the network lets her.
MANY, MAY = 50, 40
WORDS = "Jeg arbejder hos Fjordkraft, og i går så jeg den første vinge løfte sig over Esbjerg havn. Æøå!"


def token() -> str:
    """As a PDS makes them, valid for long; nobody checks its signature but the PDS."""
    claims = json.dumps({"exp": 4_000_000_000}).encode()
    return f"e30.{base64.urlsafe_b64encode(claims).decode().rstrip('=')}.x"


def gather(server: str, posts: int) -> None:
    from django.utils import timezone

    from genlyd.base import ids
    from genlyd.base.crypto import seal
    from genlyd.content.models import Story
    from genlyd.links.models import Link
    from genlyd.networks.models import Account
    from genlyd.people.models import Consent, ConsentText, Member, Organisation
    from genlyd.sharing.models import Delivery, Share

    now = timezone.now()
    due = now + timedelta(days=1)
    house = Organisation.objects.create(
        name="Fjordkraft", language="da", email_domains=["fjordkraft.example"]
    )
    text = ConsentText.objects.create(organisation=house, version=1, text="Taking part is voluntary.")
    members = Member.objects.bulk_create(
        Member(
            organisation=house,
            name=f"Colleague {number}",
            email=f"c{number}@fjordkraft.example",
            joined_at=now,
        )
        for number in range(COLLEAGUES)
    )
    Consent.objects.bulk_create(Consent(organisation=house, member=member, text=text) for member in members)
    sealed = seal({"access": token(), "refresh": token()})
    accounts = Account.objects.bulk_create(
        Account(
            organisation=house, member=member, network="bluesky", remote_id=f"did:plc:{number:024}",
            handle=f"c{number}.example", server=server, secret_sealed=sealed, connected_at=now,
            # A post takes three points there.
            options={"quotas": {"hour": 3 * MAY}} if number == 0 else {},
        )
        for number, member in enumerate(members)
    )  # fmt: skip
    story = Story.objects.create(
        organisation=house, language="da", sentence="Den første mølle står på havnen i Esbjerg.",
        why="Fordi det er begyndelsen på 40 nye job.", url="https://fjordkraft.example/nyt/foerste-moelle",
        preview_title="Første mølle på plads", published_at=now, not_before=now - timedelta(days=1),
    )  # fmt: skip
    # Hers are the first, so that they would be in everybody's way.
    whose = [0] * MANY + [1 + number % (COLLEAGUES - 1) for number in range(posts - MAY)]
    links = Link.objects.bulk_create(
        Link(organisation=house, slug=ids.code(10), target=story.url, created_at=now) for _ in whose
    )
    shares = Share.objects.bulk_create(
        Share(
            organisation=house, member=members[who], story=story, network="bluesky", way=Share.Way.API,
            text=f"{WORDS} {number}", language="da", link=links[number], planned_at=due, created_at=now,
        )
        for number, who in enumerate(whose)
    )  # fmt: skip
    Delivery.objects.bulk_create(
        Delivery(organisation=house, share=share, account=accounts[who], due_at=due)
        for share, who in zip(shares, whose, strict=True)
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "genlyd.config.settings")
    import django

    django.setup()
    gather(sys.argv[1], int(sys.argv[2]))
