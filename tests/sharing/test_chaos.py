"""Faults at every step and workers killed at random: in the end the server holds each post once (networks.md 4.4)."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable

import httpx2
import pytest
from django.conf import settings as django_settings
from django.db import connection

from genlyd.sharing.models import Attempt, Delivery, Share
from tests.servers.fault_proxy import FAULTS, Fault, fault_proxy
from tests.servers.pds.server import POSTS, Pds
from tests.sharing.makers import WORDS, a_delivery, a_story, connected
from tests.world import build_world

pytestmark = [pytest.mark.pds, pytest.mark.slow]
DELIVERIES = 20
KILLS = 4
PATIENCE = 240


def faults(seed: int, *, often: float, kinds: tuple[Fault, ...] = FAULTS) -> Callable[[str], Fault | None]:
    """Every kind once, then this share of the writes; and now and then a read."""
    chance, first = random.Random(seed), list(kinds)

    def plan(path: str) -> Fault | None:
        if first and ("putRecord" in path or "createRecord" in path):
            return first.pop()
        rate = often if "putRecord" in path or "createRecord" in path else 0.1 if "getRecord" in path else 0.0
        return chance.choice(kinds) if chance.random() < rate else None

    return plan


def a_worker(allowed: list[str]) -> subprocess.Popen[bytes]:
    values = connection.settings_dict
    address = f"postgresql://{values['USER']}:{values['PASSWORD']}@/{values['NAME']}?host={values['HOST']}"
    environment = {
        **os.environ,
        "DATABASE_URL": f"{address}&port={values['PORT']}" if values["PORT"] else address,
        "GENLYD_PRIVATE_HOSTS_ALLOWED": ",".join(allowed),
        "GENLYD_SECRET_KEYS": ",".join([django_settings.SECRET_KEY, *django_settings.SECRET_KEY_FALLBACKS]),
        "GENLYD_LOG": "text",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "tests.sharing.chaos_worker"], env=environment, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip


def unfinished() -> int:
    return Delivery.objects.exclude(state__in=["published", "ask_person"]).count()


@pytest.mark.django_db(transaction=True)
def test_nothing_is_lost_and_nothing_is_posted_twice(pds: Pds, settings) -> None:
    world = build_world()
    chance = random.Random(2026)
    with fault_proxy(pds.url) as proxy:
        allowed = [*settings.PRIVATE_HOSTS_ALLOWED, proxy.host]
        settings.PRIVATE_HOSTS_ALLOWED = allowed
        account, made = connected(world.pia, pds, "chaos", server=proxy.url)
        story = a_story(world)
        for number in range(DELIVERIES):
            a_delivery(world.pia, story, account, text=f"{WORDS} Nummer {number}.")
        proxy.plan = faults(7, often=0.6)
        workers = [a_worker(allowed) for _ in range(2)]
        killed, began, seen = 0, time.monotonic(), 0
        try:
            while unfinished() and time.monotonic() - began < PATIENCE:
                time.sleep(0.05)
                made_calls = Attempt.objects.count()
                # Whoever has begun to work may die at any moment of it.
                if killed < KILLS and made_calls >= seen + 2:
                    time.sleep(chance.uniform(0, 0.4))
                    victim = chance.randrange(2)
                    workers[victim].send_signal(signal.SIGKILL)
                    workers[victim].wait()
                    workers[victim] = a_worker(allowed)
                    killed, seen = killed + 1, made_calls
        finally:
            for worker in workers:
                worker.kill()
                worker.wait()
    states = Counter(Delivery.objects.values_list("state", flat=True))
    on_server = [post["value"]["text"] for post in pds.posts(made.did)]
    published = list(Delivery.objects.filter(state="published").values_list("share__text", flat=True))
    assert states == {"published": DELIVERIES}
    assert sorted(on_server) == sorted(published)
    assert len(set(on_server)) == DELIVERIES
    assert Share.objects.filter(confirmed_by_api=True).count() == DELIVERIES
    assert not Attempt.objects.filter(ended_at=None).exists()
    # The run proves something only if it was rough.
    assert killed >= 3
    assert {fault for path, fault in proxy.done if "putRecord" in path} >= {
        "drop_after",
        "502_after",
        "hang_after",
    }


def test_a_naive_worker_under_the_same_faults_posts_twice(pds: Pds) -> None:
    """Without our own key and with "try again", the same network doubles posts: so the test above can fail."""
    made = pds.account("naive")
    token = pds.call(
        "com.atproto.server.createSession", body={"identifier": made.did, "password": made.app_password}
    )["accessJwt"]
    with fault_proxy(pds.url) as proxy:
        proxy.plan = faults(7, often=0.6, kinds=("drop_before", "drop_after", "502_after"))
        for number in range(DELIVERIES):
            record = {"$type": POSTS, "text": f"Nummer {number}", "createdAt": "2026-11-23T12:00:00.000Z"}
            for _attempt in range(20):
                try:
                    answer = httpx2.post(
                        f"{proxy.url}/xrpc/com.atproto.repo.createRecord", timeout=10,
                        headers={"Authorization": f"Bearer {token}"},
                        json={"repo": made.did, "collection": POSTS, "record": record},
                    )  # fmt: skip
                    answer.raise_for_status()
                    break
                except httpx2.HTTPError:
                    continue
    texts = Counter(post["value"]["text"] for post in pds.posts(made.did))
    assert len(texts) == DELIVERIES
    assert max(texts.values()) > 1
