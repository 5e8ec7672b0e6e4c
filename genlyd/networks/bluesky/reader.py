"""What came of a post: likes, reposts, answers. Public, so nobody signs in; asked of the AppView, which counts.

The AppView lags and may be told to hide a post; whether a post is gone is asked of the person's own server.
Impressions are told by nobody. Read on 2026-11-23: docs.bsky.app/docs/api/app-bsky-feed-get-posts, -actor-get-profile.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

from genlyd.networks.addresses import address
from genlyd.networks.bluesky.domain import errors
from genlyd.networks.calls import Answer, call
from genlyd.networks.domain.figures import GONE, MOST, Figures, Gone, Metric, figures
from genlyd.networks.domain.outcome import Failed, Kind, Outcome
from genlyd.networks.models import Account
from genlyd.networks.reading import READ_SECONDS

APPVIEW = "bluesky.appview"
BAD_REQUEST, TOO_MANY = 400, 429
ASKED = {
    Metric.REACTIONS: "likeCount",
    Metric.COMMENTS: "replyCount",
    Metric.RESHARES: "repostCount",
    Metric.QUOTES: "quoteCount",
    Metric.SAVES: "bookmarkCount",
}


class BlueskyReader:
    #: getPosts takes so many.
    batch = 25

    def read(self, account: Account, remote_ids: Sequence[str]) -> Mapping[str, Figures | Gone]:
        answer = _ask(address(APPVIEW), "app.bsky.feed.getPosts", {"uris": list(remote_ids)})
        if not answer.ok:
            raise Failed(_judged(answer))
        posts = answer.find("posts")
        found: dict[str, Figures | Gone] = {}
        for place in range(len(posts) if isinstance(posts, list) else 0):
            uri = answer.text("posts", place, "uri")
            if uri in remote_ids:
                found[uri] = figures(
                    {metric: answer.find("posts", place, name) for metric, name in ASKED.items()}
                )
        for uri in remote_ids:
            if uri not in found and _is_gone(account, uri):
                found[uri] = GONE
        return found

    def followers(self, account: Account) -> int | None:
        answer = _ask(address(APPVIEW), "app.bsky.actor.getProfile", {"actor": account.remote_id})
        if not answer.ok:
            raise Failed(_judged(answer))
        count = answer.find("followersCount")
        return (
            count if isinstance(count, int) and not isinstance(count, bool) and 0 <= count <= MOST else None
        )


def _ask(server: str, method: str, params: Mapping[str, str | list[str]]) -> Answer:
    return call(server, "GET", f"/xrpc/{method}", params=params, read_seconds=READ_SECONDS)


def _is_gone(account: Account, uri: str) -> bool:
    """Says the person's own server that there is no such record? Anything else proves nothing."""
    if not account.server or uri.count("/") != 4:  # noqa: PLR2004  at://did/collection/rkey
        return False
    repo, collection, rkey = uri.removeprefix("at://").split("/")
    try:
        answer = _ask(
            account.server,
            "com.atproto.repo.getRecord",
            {"repo": repo, "collection": collection, "rkey": rkey},
        )
    except Failed:
        return False
    return answer.status == BAD_REQUEST and answer.text("error") == "RecordNotFound"


def _judged(answer: Answer) -> Outcome:
    if answer.status == TOO_MANY:
        wait = errors.waiting_time(
            answer.headers.get("retry-after"), answer.headers.get("ratelimit-reset"), time.time()
        )
        return Outcome(kind=Kind.WAIT, problem="busy", wait=wait, status=answer.status)
    return Outcome(
        kind=Kind.UNKNOWN,
        problem="unreachable",
        status=answer.status,
        error=answer.text("error")[:300],
        response=answer.raw,
    )
