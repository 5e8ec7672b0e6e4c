"""Everything that is said about a text before it goes out: the organisation's rules, and the network's limits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from genlyd.content.models import Media, Story
from genlyd.networks import registry
from genlyd.networks.contract import Message, Network
from genlyd.networks.domain.outcome import Kind, Outcome
from genlyd.networks.models import Account
from genlyd.networks.queries import connectable
from genlyd.people.models import Consent, Member
from genlyd.rules.domain.findings import Finding
from genlyd.rules.queries import check_text
from genlyd.sharing.access import delivery_of
from genlyd.sharing.models import Share

#: Frequency is judged within the fortnight around a post.
AROUND = timedelta(days=14)
#: Texts of colleagues that one text is compared with, at every key stroke.
MOST_COMPARED = 200
#: A post for a network that is switched off waits this long before it is looked at again.
SWITCHED_OFF_FOR = timedelta(hours=1)
#: What a post may take from coming due to being sent without being asked for another time.
ON_THE_WAY = timedelta(minutes=2)
#: A short link's slug is drawn when the post is made; its length is known before.
SLUG_TO_COME = "2345678"


def message_for(story: Story, *, text: str, picture: Media | None, link: str | None = None) -> Message:
    """What the post would be. Without a link yet, one of the same length stands in for it."""
    stand_in = f"{settings.LINK_URL}/{SLUG_TO_COME}" if story.url else ""
    return Message(
        text=text,
        link=stand_in if link is None else link,
        title=story.preview_title or story.sentence,
        has_picture=picture is not None,
    )


def of_network(network: Network, message: Message, account: Account | None = None) -> list[Finding]:
    """A post that is too long cannot be published, so this one always stops."""
    found = []
    for count in network.counts(message, account):
        if not count.fits:
            over = -count.left
            words = ngettext(
                "%(over)d %(unit)s too long for %(network)s.",
                "%(over)d %(unit)s too long for %(network)s.",
                over,
            )
            found.append(
                Finding(
                    kind="length",
                    severity="block",
                    key="too_long",
                    message=words % {"over": over, "unit": count.unit, "network": network.name},
                    mend=_("Say it shorter, or choose a network with more room."),
                )
            )
    return found


def of_picture(picture: Media | None, alt: str) -> list[Finding]:
    if picture is None or alt.strip():
        return []
    return [
        Finding(
            kind="alt",
            severity="warn",
            key="alt_missing",
            message=_("The picture has no description."),
            mend=_("Say in a sentence what it shows, for those who cannot see it."),
        )
    ]


def of_account(account: Account | None, when: datetime) -> list[Finding]:
    """A connection that ends before the post goes out: said now, while there is time to connect again."""
    if account is None or account.expires_at is None or when < account.expires_at:
        return []
    network = registry.NETWORKS[account.network]
    return [
        Finding(
            kind="account",
            severity="warn",
            key="account_expires",
            message=_("Your connection to %(network)s ends on %(day)s, before this post goes out.")
            % {
                "network": network.name,
                "day": date_format(timezone.localtime(account.expires_at), "DATE_FORMAT"),
            },
            mend=_("Connect again under My networks before that day; until you do, the post would wait."),
        )
    ]


@dataclass(frozen=True)
class Checked:
    findings: list[Finding]

    @property
    def blocking(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.blocks]

    @property
    def warning(self) -> list[Finding]:
        return [finding for finding in self.findings if not finding.blocks]


def other_shares(member: Member, *, when: datetime, but: int | None = None) -> list[datetime]:
    """When the member's other posts went or will go out."""
    at = Coalesce("confirmed_at", "planned_at")
    rows = (
        Share.objects.filter(member=member, cancelled_at=None, deleted_at=None)
        .exclude(network="practice")
        .annotate(at=at)
        .filter(at__range=(when - AROUND, when + AROUND))
    )
    if but is not None:
        rows = rows.exclude(pk=but)
    return list(rows.values_list("at", flat=True))


def colleagues_texts(member: Member, story: Story, network: Network) -> list[str]:
    """What others have posted there about the story, or are about to."""
    posted_or_planned = Q(confirmed_at__isnull=False) | Q(created_at__gt=timezone.now() - AROUND)
    rows = Share.objects.filter(
        posted_or_planned, story=story, network=network.key, cancelled_at=None, deleted_at=None
    ).exclude(member=member)
    return list(rows.order_by("-created_at").values_list("text", flat=True)[:MOST_COMPARED])


def check(
    member: Member,
    story: Story,
    network: Network,
    *,
    text: str,
    picture: Media | None,
    when: datetime,
    examples: Iterable[str] | None = None,
    but: int | None = None,
    account: Account | None = None,
) -> Checked:
    """What there is to say about this text, blocking findings first. An empty text is not judged."""
    if not text.strip():
        return Checked([])
    texts = [example.text for example in story.examples.all()] if examples is None else list(examples)
    ours = check_text(
        member,
        text=text,
        story_texts=texts,
        network=str(network.name),
        when=when,
        language=story.language,
        shares=other_shares(member, when=when, but=but),
        others=colleagues_texts(member, story, network) if network.most_alike is not None else (),
        most_alike=network.most_alike,
    )
    message = message_for(story, text=text, picture=picture)
    found = [
        *of_network(network, message, account),
        *ours,
        *of_picture(picture, picture.alt if picture else ""),
    ]
    found += of_account(account, when)
    return Checked(sorted(found, key=lambda finding: not finding.blocks))


def _meant(share: Share, now: datetime) -> datetime:
    """The time the person chose, while the post is late only because it was spread: that time was checked then."""
    late = now - share.planned_at
    spread = registry.NETWORKS[share.network].spread
    return share.planned_at if timedelta(0) <= late <= spread + ON_THE_WAY else now


def at_send(share: Share, *, now: datetime) -> Outcome | None:
    """Asked again just before a planned post goes out: much may have changed since it was written."""
    member, story = share.member, share.story
    consents = Consent.objects.filter(member=member, withdrawn_at=None)
    if member.left_at or not consents.exists():
        return Outcome(kind=Kind.REJECTED, problem="not_taking_part")
    network = registry.NETWORKS[share.network]
    if network.app and network.key not in {one.key for one in connectable(share.organisation_id)}:
        return Outcome(kind=Kind.WAIT, problem="switched_off", wait=SWITCHED_OFF_FOR)
    if story.retired_at or story.published_at is None or (story.expires_at and story.expires_at <= now):
        return Outcome(kind=Kind.REJECTED, problem="story_gone")
    if story.not_before > now:
        return Outcome(kind=Kind.WAIT, problem="story_later", wait=story.not_before - now)
    network = registry.NETWORKS[share.network]
    delivery = delivery_of(share) if network.limits_of else None
    checked = check(
        member,
        story,
        network,
        text=share.text,
        picture=share.picture,
        when=_meant(share, now),
        but=share.pk,
        account=delivery.account if delivery else None,
    )
    if not checked.blocking:
        return None
    first = checked.blocking[0].key
    return Outcome(kind=Kind.REJECTED, problem=first if first == "near_copy" else "rule")
