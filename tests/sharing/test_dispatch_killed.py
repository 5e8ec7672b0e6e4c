"""Real workers, real threads, kill -9 in the middle: nothing is lost and nothing is posted twice."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
import urllib.request
from collections import Counter

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.utils import timezone

from genlyd.base.crypto import seal
from genlyd.sharing.models import Attempt, Delivery
from tests.cli.house import free_port, wait_for
from tests.sharing.makers import WORDS, a_delivery, a_story, an_account
from tests.speed.crowd import token
from tests.world import a_member, build_world

COLLEAGUES, POSTS, KILLS = 5, 3, 2


def a_worker(host: str) -> subprocess.Popen[bytes]:
    values = connection.settings_dict
    address = f"postgresql://{values['USER']}:{values['PASSWORD']}@/{values['NAME']}?host={values['HOST']}"
    environment = {
        **os.environ,
        "DATABASE_URL": f"{address}&port={values['PORT']}" if values["PORT"] else address,
        "GENLYD_PRIVATE_HOSTS_ALLOWED": host,
        "GENLYD_SECRET_KEYS": ",".join([django_settings.SECRET_KEY, *django_settings.SECRET_KEY_FALLBACKS]),
    }
    command = [sys.executable, "-m", "tests.sharing.dispatch_worker"]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def answers(url: str) -> bool:
    try:
        return bool(urllib.request.urlopen(f"{url}/_double/record", timeout=2).read())
    except OSError:
        return False


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_killed_workers_lose_nothing_and_post_nothing_twice() -> None:
    world = build_world()
    port = free_port()
    host, chance = f"127.0.0.1:{port}", random.Random(9)
    story = a_story(world, url="")
    secret = seal({"access": token(), "refresh": token()})
    for number in range(COLLEAGUES):
        account = an_account(
            a_member(world.fjordkraft, f"Colleague{number}"), server=f"http://{host}", secret_sealed=secret
        )
        for post in range(POSTS):
            a_delivery(account.member, story, account, text=f"{WORDS} {number}.{post}")
    Delivery.objects.update(due_at=timezone.now())
    network = subprocess.Popen([sys.executable, "-m", "tests.speed.slow_network", str(port), "0.2"])
    workers = []
    try:
        wait_for(lambda: answers(f"http://{host}"), 20, "the network")
        workers = [a_worker(host) for _ in range(2)]
        killed, seen, until = 0, 0, time.monotonic() + 90
        while Delivery.objects.exclude(state="published").exists():
            assert time.monotonic() < until, Counter(Delivery.objects.values_list("state", "problem"))
            calls = Attempt.objects.count()
            if killed < KILLS and calls >= seen + 4:
                time.sleep(chance.uniform(0, 0.2))
                victim = chance.randrange(2)
                workers[victim].send_signal(signal.SIGKILL)
                workers[victim].wait()
                workers[victim] = a_worker(host)
                killed, seen = killed + 1, calls
            time.sleep(0.05)
        record = json.load(urllib.request.urlopen(f"http://{host}/_double/record", timeout=5))
    finally:
        for process in [*workers, network]:
            process.kill()
            process.wait()
    expected = {f"{WORDS} {number}.{post}" for number in range(COLLEAGUES) for post in range(POSTS)}
    assert sorted(record["posts"]) == sorted(expected)
    assert killed == KILLS
    assert not Attempt.objects.filter(ended_at=None).exists()
