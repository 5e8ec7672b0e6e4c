"""A post that waits for a version goes on as soon as the administrator has entered a newer one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from genlyd.base import facts
from genlyd.networks.actions.app import save_app
from genlyd.networks.registry import NETWORKS
from genlyd.sharing.actions.publish import deliver
from genlyd.sharing.models import Delivery
from tests.servers.linkedin.server import LinkedIn, an_app
from tests.sharing.makers import WORDS, a_share, a_story, make_due
from tests.world import World


@pytest.mark.django_db(transaction=True)
def test_held_posts_are_released_by_a_newer_version(world: World, linkedin: LinkedIn) -> None:
    account = linkedin.account(world.pia, "Pia")
    an_app(world.fjordkraft.pk, version="202609")
    linkedin.set(oldest_version="202610")
    delivery = make_due(a_share(world.pia, a_story(world), account=account).deliveries.get())
    deliver(delivery.pk, worker="one")
    delivery.refresh_from_db()
    assert (delivery.state, delivery.problem) == ("waiting", "version")
    assert delivery.not_before > timezone.now() + timedelta(minutes=30)
    entered = {"client_id": "genlyd-client", "client_secret": "", "version": "202611", "analytics": ""}
    save_app(member=world.alma, network=NETWORKS["linkedin"], entered=entered)
    # Stored with the change, carried out by the queue.
    [job] = ProcrastinateJob.objects.filter(args__fact="genlyd.networks.facts.AppSaved")
    facts.run(**job.args)
    delivery.refresh_from_db()
    assert delivery.not_before <= timezone.now()
    deliver(delivery.pk, worker="two")
    delivery.refresh_from_db()
    assert delivery.state == "published"
    assert linkedin.posts(account) == [WORDS]
    assert Delivery.objects.count() == 1
