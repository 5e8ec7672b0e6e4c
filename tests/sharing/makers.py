"""What the tests of sharing need besides the cast."""

from __future__ import annotations

import hashlib
import io
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from genlyd.content.models import Angle, ExampleText, Media, Story, StoryFact
from genlyd.networks.actions.bluesky import connect_bluesky
from genlyd.networks.models import Account
from genlyd.networks.registry import NETWORKS
from genlyd.people.models import Member
from genlyd.sharing.actions.share import share_story
from genlyd.sharing.models import Delivery, Share
from tests.servers.pds.server import Pds, PdsAccount
from tests.world import World

#: Long enough to be somebody's own, and says where Pia works.
WORDS = "Jeg arbejder hos Fjordkraft, og i går så jeg den første vinge løfte sig over Esbjerg havn. Æøå!"


def a_story(world: World, **fields: object) -> Story:
    now = timezone.now()
    values: dict[str, object] = {
        "organisation": world.fjordkraft, "period": world.period, "language": "da",
        "sentence": "Den første mølle står på havnen i Esbjerg.",
        "why": "Fordi det er begyndelsen på 40 nye job.",
        "url": "https://fjordkraft.example/nyt/foerste-moelle",
        "preview_title": "Første mølle på plads", "preview_description": "Esbjerg havn, mandag morgen.",
        "preview_site": "fjordkraft.example",
        "published_at": now, "not_before": now - timedelta(days=1),
    }  # fmt: skip
    story = Story.objects.create(**{**values, **fields})
    StoryFact.objects.create(story=story, text="40 nye job", source="Årsrapporten")
    for position, question in enumerate(["Hvad gjorde du selv?", "Hvad overraskede dig?"], start=1):
        Angle.objects.create(story=story, position=position, question=question)
    ExampleText.objects.create(
        story=story, text="Vi er stolte af at byde den første mølle velkommen på havnen i Esbjerg."
    )
    return story


def a_picture(world: World, *, alt: str = "En vinge over havnen", shows_person: bool = False) -> Media:
    seed = alt or "-"
    image = Image.new("RGB", (640, 360), tuple(hashlib.sha256(seed.encode()).digest()[:3]))
    data = io.BytesIO()
    image.save(data, "JPEG")
    file = ContentFile(data.getvalue(), name="vinge.jpg")
    thumbnail = ContentFile(data.getvalue(), name="vinge-lille.jpg")
    return Media.objects.create(
        organisation=world.fjordkraft, file=file, thumbnail=thumbnail, alt=alt, width=640, height=360,
        size=len(data.getvalue()), sha256=hashlib.sha256(seed.encode()).hexdigest(), shows_person=shows_person,
    )  # fmt: skip


def an_account(member: Member, **fields: object) -> Account:
    """Connected, as the database sees it; nobody answers at its server."""
    from genlyd.base.crypto import seal

    values: dict[str, object] = {
        "organisation_id": member.organisation_id, "member": member, "network": "bluesky",
        "remote_id": f"did:plc:{member.pk}", "handle": f"{member.first_name.lower()}.test",
        "server": "http://127.0.0.1:9", "secret_sealed": seal({"access": "a.b.c", "refresh": "d.e.f"}),
    }  # fmt: skip
    return Account.objects.create(**{**values, **fields})


def connected(member: Member, pds: Pds, name: str, *, server: str = "") -> tuple[Account, PdsAccount]:
    """A new account on the real server, connected."""
    made = pds.account(name)
    account = connect_bluesky(
        member=member, handle=made.handle, app_password=made.app_password, server=server or pds.url
    )
    return account, made


def a_share(
    member: Member, story: Story, *, network: str = "linkedin", text: str = WORDS, **fields: object
) -> Share:
    return share_story(member=member, story=story, network=NETWORKS[network], text=text, **fields)  # type: ignore[arg-type]


def a_delivery(member: Member, story: Story, account: Account, **fields: object) -> Delivery:
    share = a_share(member, story, network="bluesky", account=account, **fields)
    return share.deliveries.get()


def make_due(delivery: Delivery, at: datetime | None = None) -> Delivery:
    """As if the waiting were over."""
    now = at or timezone.now()
    Delivery.objects.filter(pk=delivery.pk).update(due_at=now, not_before=None)
    delivery.refresh_from_db()
    return delivery
