"""What Threads tells about posts; what it does not tell stays missing."""

from __future__ import annotations

import pytest

from genlyd.networks.domain.figures import GONE, Metric
from genlyd.networks.domain.outcome import Failed, Kind
from genlyd.networks.threads import THREADS
from tests.servers.threads.server import ThreadsServer
from tests.world import World


def posted(threads: ThreadsServer, token: str, text: str) -> str:
    made = threads.graph("POST", "/v1.0/me/threads", token, data={"media_type": "TEXT", "text": text}).json()[
        "id"
    ]
    published = threads.graph("POST", "/v1.0/me/threads_publish", token, data={"creation_id": made})
    return str(published.json()["id"])


def test_figures_are_those_that_threads_tells(world: World, threads: ThreadsServer) -> None:
    from genlyd.networks import tokens

    account = threads.account(world.pia, "pia", followers=210)
    token = tokens.read(account).access
    seen, unseen, gone = (posted(threads, token, word) for word in ("et", "to", "tre"))
    threads.ask(f"metrics/{seen}", {"views": 90, "likes": 4, "replies": 0, "shares": 2})
    threads.graph("DELETE", f"/v1.0/{gone}", token)
    assert THREADS.reader
    found = THREADS.reader.read(account, [seen, unseen, gone])
    assert found == {
        seen: {Metric.IMPRESSIONS: 90, Metric.REACTIONS: 4, Metric.COMMENTS: 0},
        unseen: {},
        gone: GONE,
    }
    assert THREADS.reader.followers(account) == 210


def test_without_the_permission_there_are_no_figures_and_posting_goes_on(
    world: World, threads: ThreadsServer
) -> None:
    account = threads.account(world.pia, "pia", scopes=["threads_basic", "threads_content_publish"])
    assert THREADS.reader
    assert THREADS.reader.read(account, ["17900000000009999"]) == {"17900000000009999": {}}
    assert THREADS.reader.followers(account) is None
    account.refresh_from_db()
    assert account.needs_reconnect_since is None


def test_a_withdrawn_token_and_a_busy_network_are_told(world: World, threads: ThreadsServer) -> None:
    account = threads.account(world.pia, "pia")
    assert THREADS.reader
    threads.wrong("/insights", 400, {"error": {"code": 4, "message": "Application request limit reached"}})
    with pytest.raises(Failed) as failed:
        THREADS.reader.read(account, ["1"])
    assert failed.value.outcome.kind is Kind.WAIT
    threads.revoke(account)
    with pytest.raises(Failed) as failed:
        THREADS.reader.read(account, ["1"])
    assert failed.value.outcome.kind is Kind.RECONNECT
    account.refresh_from_db()
    assert account.needs_reconnect_since
