"""A connection that ends, or a network that is switched off, while a post waits: said in time, and nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from genlyd.networks.models import NetworkApp
from genlyd.networks.registry import NETWORKS
from genlyd.sharing import checks
from genlyd.sharing.actions.publish import deliver
from tests.sharing.makers import WORDS, a_share, a_story, an_account, make_due
from tests.world import World

AsMember = Callable[..., Client]


def linkedin(world: World, *, days: float) -> dict[str, object]:
    app = NetworkApp.objects.create(organisation=world.fjordkraft, network="linkedin", client_id="86")
    ends = timezone.now() + timedelta(days=days)
    account = an_account(world.pia, network="linkedin", sign_in="oauth", expires_at=ends)
    return {"app": app, "account": account}


def findings(world: World, account: object, *, days: float) -> list[str]:
    checked = checks.check(
        world.pia, a_story(world), NETWORKS["linkedin"], text=WORDS, picture=None,
        when=timezone.now() + timedelta(days=days), account=account,  # type: ignore[arg-type]
    )  # fmt: skip
    return [finding.key for finding in checked.warning]


def test_a_post_planned_past_the_end_is_flagged_when_it_is_planned(world: World) -> None:
    made = linkedin(world, days=20)
    assert "account_expires" not in findings(world, made["account"], days=19)
    assert "account_expires" in findings(world, made["account"], days=21)


def test_the_composer_says_the_day(world: World, as_member: AsMember) -> None:
    linkedin(world, days=2)
    story = a_story(world)
    later = timezone.now() + timedelta(days=5)
    page = as_member(world.pia).post(
        f"/share/story/{story.pk}/check/",
        {
            "network": "linkedin", "text": WORDS, "when": "later", "planned_at_0": f"{later:%Y-%m-%d}",
            "planned_at_1": "09:00", "planned_at": f"{later:%Y-%m-%dT09:00}",
        },
    )  # fmt: skip
    assert "before this post goes out" in page.content.decode()


def test_a_post_waits_while_its_network_is_switched_off(world: World) -> None:
    made = linkedin(world, days=50)
    share = a_share(world.pia, a_story(world), network="linkedin", account=made["account"])
    made["app"].enabled = False  # type: ignore[attr-defined]
    made["app"].save()  # type: ignore[attr-defined]
    delivery = make_due(share.deliveries.get())
    deliver(delivery.pk, worker="test")
    delivery.refresh_from_db()
    assert (delivery.state, delivery.problem) == ("waiting", "switched_off")
    assert not delivery.attempts.exists()
