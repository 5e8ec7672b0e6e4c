"""Writing for X: nobody says again what a colleague has said, and nobody is told of money until there is none."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from genlyd.base import clock
from genlyd.base.errors import Refused
from genlyd.networks import budget
from genlyd.networks.models import Account
from genlyd.networks.registry import NETWORKS
from genlyd.rules.models import Rule
from genlyd.rules.queries import rules_of
from genlyd.sharing import checks
from genlyd.sharing.actions.publish import deliver
from genlyd.sharing.actions.share import share_story
from genlyd.sharing.domain.lifecycle import State
from genlyd.sharing.models import Delivery, Share
from tests.servers.x.server import XServer
from tests.sharing.makers import a_share, a_story, make_due
from tests.world import World

AsMember = Callable[..., Client]
X = NETWORKS["x"]
PIAS = "I går så jeg den første vinge løfte sig over havnen i Esbjerg. Det var større, end jeg havde troet."
NEARLY = "Wow! I går så jeg den første vinge løfte sig over havnen. Det var større, end jeg havde troet."
OWN = "Min datter spurgte, hvad jeg laver. Nu kan jeg pege på den derude."


@pytest.fixture
def quiet(world: World) -> World:
    rules_of(world.fjordkraft)
    Rule.objects.filter(organisation=world.fjordkraft).update(active=False)
    return world


def write(client: Client, story, text: str, name: str = "check") -> str:
    form = {"network": "x", "text": text, "picture": "none", "when": "now", "do": "post"}
    return client.post(reverse(f"sharing:{name}", args=[story.pk]), form).content.decode()


def test_what_a_colleague_has_said_is_refused_with_what_to_change(quiet: World, as_member: AsMember) -> None:
    story = a_story(quiet)
    share_story(member=quiet.pia, story=story, network=X, text=PIAS)
    page = write(as_member(quiet.poul), story, NEARLY)
    assert "A colleague has said nearly the same" in page
    assert "i går så jeg den første vinge løfte sig over havnen" in page
    assert "Pia" not in page
    assert "end jeg havde troet" not in page.partition("finding-message")[2].partition("</div>")[0]
    with pytest.raises(Refused):
        share_story(member=quiet.poul, story=story, network=X, text=NEARLY)
    assert "A colleague" not in write(as_member(quiet.poul), story, OWN)


@pytest.mark.parametrize(
    ("network", "who", "change"),
    [
        ("linkedin", "poul", {}),  # only X minds
        ("x", "pia", {}),  # one's own words may be said again
        ("x", "poul", {"cancelled_at": True}),
        ("x", "poul", {"deleted_at": True}),
    ],
)
def test_nobody_else_is_refused(quiet: World, network: str, who: str, change: dict[str, bool]) -> None:
    story = a_story(quiet)
    share = share_story(member=quiet.pia, story=story, network=X, text=PIAS)
    Share.objects.filter(pk=share.pk).update(**dict.fromkeys(change, clock.now()))
    checked = checks.check(
        getattr(quiet, who), story, NETWORKS[network], text=NEARLY, picture=None, when=clock.now()
    )
    assert checked.blocking == []


def test_another_story_is_another_matter(quiet: World) -> None:
    share_story(member=quiet.pia, story=a_story(quiet), network=X, text=PIAS)
    other = a_story(quiet)
    assert checks.check(quiet.poul, other, X, text=PIAS, picture=None, when=clock.now()).blocking == []


def test_who_was_second_is_stopped_when_the_post_is_due(quiet: World, x: XServer, pias: Account) -> None:
    share = a_share(quiet.pia, a_story(quiet), network="x", text=NEARLY, account=pias)
    late = share_story(member=quiet.poul, story=share.story, network=X, text=OWN)
    Share.objects.filter(pk=late.pk).update(text=PIAS, confirmed_at=clock.now(), confirmed_by_api=False)
    delivery = make_due(share.deliveries.get())
    deliver(delivery.pk, worker="w")
    delivery.refresh_from_db()
    assert (delivery.state, delivery.problem, x.posts(pias)) == (State.REJECTED, "near_copy", [])


def test_money_is_not_mentioned_until_it_is_used_up(
    quiet: World, x: XServer, pias: Account, as_member: AsMember
) -> None:
    story, pia = a_story(quiet), as_member(quiet.pia)
    page = write(pia, story, OWN)
    assert "Post on X" in page
    assert "$" not in page
    budget.set_budget(organisation=quiet.fjordkraft, network=X, monthly=14_999)
    page = write(pia, story, OWN)
    assert "Post on X" not in page
    assert "Post it yourself" in page
    assert 'value="hand_over"' in page
    write(pia, story, OWN, name="compose")
    assert (Share.objects.get().way, x.posts(pias)) == (Share.Way.HAND_OVER, [])


def test_the_last_money_is_spent_once(quiet: World, x: XServer, pias: Account) -> None:
    """A hard stop: two posts are due, the budget pays for one."""
    budget.set_budget(organisation=quiet.fjordkraft, network=X, monthly=20_000)
    story = a_story(quiet, url="")
    for text in (PIAS, OWN):
        share = a_share(quiet.pia, story, network="x", text=text, account=pias)
        deliver(make_due(share.deliveries.get()).pk, worker="w")
    states = sorted(Delivery.objects.values_list("state", "problem"))
    assert states == [("published", ""), ("waiting", "budget")]
    assert len(x.posts(pias)) == 1
    assert budget.standing(X, quiet.fjordkraft.pk).spent == 15_000
