"""Calls to a PDS. No redirects, no repeats; the address is hostile input and goes through base.http."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Any

import httpx2

from genlyd.base.http import BadAddress, NotFetched, PrivateAddress, client_for
from genlyd.networks.bluesky.domain import errors
from genlyd.networks.contract import Failed
from genlyd.networks.domain.outcome import Kind, Outcome

DEFAULT_SERVER = "https://bsky.social"
CONNECT_SECONDS = 10.0
#: Of what came back this much is kept for the audit trail.
KEPT = 2000


@dataclass(frozen=True)
class Answer:
    status: int
    body: dict[str, Any] | None
    raw: str
    wait: Any = None

    @property
    def ok(self) -> bool:
        return self.status == 200 and self.body is not None  # noqa: PLR2004

    @property
    def error(self) -> str:
        return str((self.body or {}).get("error", ""))

    def judged(self) -> Outcome:
        outcome = errors.judge(self.status, self.error, wait=self.wait or errors.DEFAULT_WAIT)
        return Outcome(**{**vars(outcome), "response": self.raw})


class CallFailed(Failed):
    """No answer. `outcome` says whether a byte may have left."""


def call(
    server: str,
    method: str,
    *,
    token: str = "",
    json_body: Any = None,
    data: bytes | None = None,
    mime: str = "",
    params: dict[str, str] | None = None,
    read_seconds: float = 20.0,
) -> Answer:
    """A query when there is neither `json_body` nor `data`, else a procedure."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    content: bytes | None = data
    if json_body is not None:
        content, mime = json.dumps(json_body, ensure_ascii=False).encode(), "application/json"
    if mime:
        headers["Content-Type"] = mime
    asking = json_body is None and data is None
    try:
        with client_for(server, connect=CONNECT_SECONDS, read=read_seconds) as client:
            answer = client.request(
                "GET" if asking else "POST",
                f"/xrpc/{method}",
                params=params,
                headers=headers,
                content=content,
            )
            raw = answer.text
    except (
        httpx2.ConnectError,
        httpx2.ConnectTimeout,
        httpx2.PoolTimeout,
        BadAddress,
        PrivateAddress,
    ) as error:
        raise CallFailed(
            Outcome(kind=Kind.NOT_SENT, problem="unreachable", error=f"{type(error).__name__}: {error}"[:300])
        ) from error
    except (httpx2.HTTPError, NotFetched) as error:
        raise CallFailed(
            Outcome(kind=Kind.UNKNOWN, problem="unconfirmed", error=f"{type(error).__name__}: {error}"[:300])
        ) from error
    try:
        body = json.loads(raw) if raw else {}
    except (ValueError, RecursionError):
        body = None
    wait = errors.waiting_time(
        answer.headers.get("retry-after"), answer.headers.get("ratelimit-reset"), time.time()
    )
    return Answer(answer.status_code, body if isinstance(body, dict) else None, raw[:KEPT], wait)
