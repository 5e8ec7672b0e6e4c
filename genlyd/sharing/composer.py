"""Everything the composer shows about what is being written: one object for the page and for its live part."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from genlyd.base import clock
from genlyd.content.models import Media, Story
from genlyd.networks import budget, registry
from genlyd.networks.contract import Count, Network
from genlyd.networks.models import Account
from genlyd.networks.queries import connectable
from genlyd.people.models import Member
from genlyd.sharing import checks
from genlyd.sharing.crowd import spread_for
from genlyd.sharing.hindrance import hindrance, link_note
from genlyd.sharing.models import Draft
from genlyd.sharing.queries import account_for

#: A second limit (Bluesky's bytes) is only worth a line when it comes near.
NEAR = 0.8


@dataclass
class Composer:
    member: Member
    story: Story
    network: Network
    text: str
    picture: Media | None
    when: datetime
    draft: Draft | None = None

    @cached_property
    def networks(self) -> list[Network]:
        return networks_for(self.story)

    @cached_property
    def account(self) -> Account | None:
        return account_for(self.member, self.network.key) if self.network.posts_by_itself else None

    @property
    def posts_by_itself(self) -> bool:
        """Genlyd can post it: there is a usable account, or none is needed, and the network takes what there is."""
        if self.network.practice:
            return True
        usable = self.may_connect and self.account and not self.account.needs_reconnect_since
        return bool(usable) and not self.out_of_budget and not self.hindrance

    @cached_property
    def out_of_budget(self) -> bool:
        """The network charges, and what is left of the month's budget does not pay for this post."""
        if self.network.prices is None or self.account is None or not self.may_connect:
            return False
        month = budget.standing(self.network, self.member.organisation_id, now=self.when)
        kind = self.network.prices.kind(self.network.written(self.message))
        return month.prices.get(kind, 0) > month.left

    @cached_property
    def hindrance(self) -> str:
        return hindrance(self.network, self.picture)

    @property
    def link_note(self) -> str:
        return link_note(self.network, has_link=bool(self.story.url))

    @cached_property
    def may_connect(self) -> bool:
        """An account could be connected: the network can post by itself, and the organisation is set up for it."""
        if not (self.network.posts_by_itself and self.network.sign_ins):
            return False
        return self.network.app is None or self.network in connectable(self.member.organisation_id)

    @cached_property
    def goes_out_by(self) -> datetime | None:
        """When the post will be out at the latest, where it shares its planned minute with colleagues' posts."""
        if not self.posts_by_itself or self.when <= clock.now():
            return None
        within = spread_for(self.member, self.story, self.network, when=self.when)
        return self.when + within if within else None

    @property
    def opens(self) -> bool:
        """The hand-over opens the network; else the person knows where they take it."""
        return bool(self.network.hand_over(self.message).url)

    @cached_property
    def message(self) -> checks.Message:
        link = "" if self.network.practice else None
        return checks.message_for(self.story, text=self.text, picture=self.picture, link=link)

    @cached_property
    def counts(self) -> list[Count]:
        first, *rest = self.network.counts(self.message, self.account)
        return [first, *(count for count in rest if count.used >= count.most * NEAR)]

    @cached_property
    def checked(self) -> checks.Checked:
        return checks.check(
            self.member, self.story, self.network, text=self.text, picture=self.picture, when=self.when,
            account=self.account,
        )  # fmt: skip

    @property
    def fingerprint(self) -> str:
        """Of the text and what was said about it: changes when either does."""
        said = "|".join(finding.key for finding in self.checked.warning)
        return hashlib.sha256(f"{self.network.key}|{self.text.strip()}|{said}".encode()).hexdigest()[:32]

    @cached_property
    def _shown(self) -> tuple[str, str]:
        text = self.network.written(self.message).replace(checks.SLUG_TO_COME, "…").replace("\r\n", "\n")
        fold = self.network.preview.fold_after
        if not fold or len(text) <= fold:
            return text, ""
        cut = text.rfind(" ", 0, fold)
        cut = cut if cut > 0 else fold
        return text[:cut], text[cut:].lstrip()

    @property
    def shown(self) -> str:
        """The text as the network shows it, up to where it folds."""
        return self._shown[0]

    @property
    def folded(self) -> str:
        return self._shown[1]

    @property
    def shows_card(self) -> bool:
        return bool(self.story.url and self.picture is None and self.network.preview.card)


def networks_for(story: Story) -> list[Network]:
    """Those the story suits, and at the end the practice wall, which suits them all."""
    return [
        *(registry.suitable(list(story.networks)) or registry.REAL.values()),
        registry.NETWORKS["practice"],
    ]


def network_for(story: Story, *wanted: str | None) -> Network:
    """The first of the wanted networks that suits the story, else the story's first."""
    suitable = {network.key: network for network in networks_for(story)}
    return next((suitable[key] for key in wanted if key and key in suitable), next(iter(suitable.values())))
