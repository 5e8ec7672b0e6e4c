"""Two answers at the same moment: one counts, and nobody meets an error page."""

from __future__ import annotations

import pytest
from django.utils import timezone

from genlyd.base.errors import Refused
from genlyd.rules.models import Rule
from genlyd.rules.queries import rules_of
from genlyd.sharing.access import share_for
from genlyd.sharing.actions.answer import say_not_posted, say_posted
from genlyd.sharing.actions.change import cancel_share, edit_share
from genlyd.sharing.domain.lifecycle import State
from genlyd.sharing.models import Delivery, Share
from tests.sharing.makers import WORDS, a_delivery, a_share, a_story, an_account
from tests.world import World


@pytest.fixture
def without_rules(world: World) -> None:
    rules_of(world.fjordkraft)
    Rule.objects.filter(organisation=world.fjordkraft).update(active=False)


@pytest.mark.usefixtures("without_rules")
def test_what_was_said_to_be_posted_cannot_be_taken_back_by_an_older_page(world: World) -> None:
    share = a_share(world.pia, a_story(world))
    stale = [share_for(world.pia, share.pk) for _ in range(3)]
    say_posted(share=share)
    with pytest.raises(Refused):
        say_not_posted(share=stale[0])
    with pytest.raises(Refused):
        cancel_share(share=stale[1])
    with pytest.raises(Refused):
        edit_share(share=stale[2], text=f"{WORDS} Og noget helt andet.")
    stored = Share.objects.get(pk=share.pk)
    assert (stored.confirmed_at is not None, stored.cancelled_at, stored.text) == (True, None, WORDS)


@pytest.mark.usefixtures("without_rules")
def test_answer_that_comes_when_nobody_asks_any_more_is_refused(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = a_delivery(world.pia, a_story(world), an_account(world.pia))
    Delivery.objects.filter(pk=delivery.pk).update(state=State.ASK_PERSON)
    stale = Delivery.objects.get(pk=delivery.pk)
    monkeypatch.setattr("genlyd.sharing.actions.answer.delivery_of", lambda _share: stale)
    Delivery.objects.filter(pk=delivery.pk).update(state=State.ABANDONED, changed_at=timezone.now())
    with pytest.raises(Refused):
        say_posted(share=delivery.share)
    assert Share.objects.get().confirmed_at is None
