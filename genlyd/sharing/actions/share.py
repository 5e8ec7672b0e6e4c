from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from genlyd.base import clock, ids
from genlyd.base.errors import Refused
from genlyd.content.models import Media, Story
from genlyd.links.actions import create_link
from genlyd.links.models import Link
from genlyd.networks.actions.practice import practice_account
from genlyd.networks.contract import Network
from genlyd.networks.models import Account
from genlyd.people.models import Consent, Member
from genlyd.rules.queries import measure_text
from genlyd.sharing import checks
from genlyd.sharing.crowd import due_for
from genlyd.sharing.link_preview import preview_of
from genlyd.sharing.models import Delivery, Draft, Share
from genlyd.sharing.tasks import remind

#: The utm_content of a link: random, so that nobody outside can tell whose it is.
SHARE_ID_LENGTH = 10
#: The same words on the same network within this time are the same post.
TWICE = timedelta(minutes=2)


def share_story(
    *,
    member: Member,
    story: Story,
    network: Network,
    text: str,
    picture: Media | None = None,
    account: Account | None = None,
    planned_at: datetime | None = None,
    language: str = "",
) -> Share:
    """One member's post of one story on one network: by the API with an account, else by hand-over.

    `planned_at` None means now. Refuses when a finding blocks; warnings are the person's own to weigh.
    The draft has become the share and is gone; after practising it stays, for the real one.
    """
    now = clock.now()
    when = max(planned_at or now, now)
    text = text.strip()
    if network.practice:
        account = practice_account(member=member)
    _may_share(member, story, network, text=text, picture=picture, account=account, when=when)
    with transaction.atomic():
        # One at a time for each person: a button pressed twice is one wish, not two posts.
        Member.objects.select_for_update().only("pk").get(pk=member.pk)
        if twin := _twin(member, story, network, text=text, now=now):
            return twin
        measured = measure_text(
            member.organisation, text=text, story_texts=[example.text for example in story.examples.all()]
        )
        share = Share.objects.create(
            organisation_id=member.organisation_id,
            member=member,
            story=story,
            period_id=None if network.practice else story.period_id,
            network=network.key,
            way=Share.Way.API if account else Share.Way.HAND_OVER,
            text=text,
            language=language or story.language,
            picture=picture,
            link=_link(member, story, network),
            planned_at=when,
            created_at=now,
            own_share=measured.own_share,
            own_words=measured.own_words,
            disclosed=measured.disclosed,
            shows_person=bool(picture and picture.shows_person),
            followers=account.followers if account else None,
        )
        if account:
            planned = planned_at is not None and planned_at > now
            start_delivery(share, account=account, due_at=due_for(share, network, planned=planned))
        elif planned_at and planned_at > now:
            remind.configure(schedule_at=when).defer(share_id=share.pk)
        if not network.practice:
            Draft.objects.filter(member=member, story=story).delete()
    return share


def _twin(member: Member, story: Story, network: Network, *, text: str, now: datetime) -> Share | None:
    """The same post, made a moment ago."""
    same = Share.objects.filter(member=member, story=story, network=network.key, text=text, cancelled_at=None)
    return same.filter(created_at__gt=now - TWICE).first()


def start_delivery(share: Share, *, account: Account, due_at: datetime, version: int = 1) -> Delivery:
    """Put the share on its way: what is due, sharing.dispatch finds. Part of the caller's transaction."""
    return Delivery.objects.create(
        organisation_id=share.organisation_id, share=share, account=account, due_at=due_at, version=version
    )


def _may_share(
    member: Member,
    story: Story,
    network: Network,
    *,
    text: str,
    picture: Media | None,
    account: Account | None,
    when: datetime,
) -> None:
    if not Consent.objects.filter(member=member, withdrawn_at=None).exists():
        raise Refused(
            _("You have not said yes to taking part."),
            next_step=_("Taking part is voluntary; say yes on your own page."),
        )
    if not text:
        raise Refused(
            _("There is nothing to share yet."),
            next_step=_("Write a sentence in your own words."),
            field="text",
        )
    if account and (
        account.member_id != member.pk or account.network != network.key or account.disconnected_at
    ):
        raise Refused(_("This account is not connected."), next_step=_("Connect it again."))
    if story.expires_at and when >= story.expires_at:
        raise Refused(
            _("The story is not on offer any more at that time."), next_step=_("Choose an earlier time."),
            field="planned_at",
        )  # fmt: skip
    checked = checks.check(
        member, story, network, text=text, picture=picture, when=when, account=account
    )  # fmt: skip
    if checked.blocking:
        first = checked.blocking[0]
        raise Refused(first.message, next_step=first.mend, field="text")


def _link(member: Member, story: Story, network: Network) -> Link | None:
    if not story.url or network.practice:
        return None
    campaign = slugify(story.period.programme.name) if story.period else ""
    utm = {
        "utm_source": network.key,
        "utm_medium": "employee_advocacy",
        "utm_campaign": campaign or "genlyd",
        "utm_content": ids.code(SHARE_ID_LENGTH),
    }
    return create_link(
        organisation=member.organisation, target=story.url, utm=utm, member=member, network=network.key,
        campaign=story.period_id, title=story.preview_title or story.sentence, preview=preview_of(story),
    )  # fmt: skip
