"""Calls to a PDS. No redirects, no repeats; the address is hostile input and goes through base.http."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from genlyd.networks import calls
from genlyd.networks.bluesky import dpop
from genlyd.networks.bluesky.domain import errors
from genlyd.networks.calls import CallFailed
from genlyd.networks.domain.outcome import Outcome

__all__ = ["DEFAULT_SERVER", "Answer", "CallFailed", "call"]
DEFAULT_SERVER = "https://bsky.social"


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


def call(
    server: str,
    method: str,
    *,
    token: str = "",
    key: Mapping[str, Any] | None = None,
    json_body: Any = None,
    data: bytes | None = None,
    mime: str = "",
    params: dict[str, str] | None = None,
    read_seconds: float = 20.0,
) -> Answer:
    """A query when there is neither `json_body` nor `data`, else a procedure. With `key` the token is bound to it."""
    verb = "GET" if json_body is None and data is None else "POST"
    path, headers = f"/xrpc/{method}", {}
    if key:
        headers["DPoP"] = dpop.proof(key, verb, f"{server}{path}", nonce=dpop.NONCES.get(server), token=token)
    got = calls.call(
        server, verb, path, token=token, auth="DPoP" if key else "Bearer", headers=headers, params=params,
        json_body=json_body, data=data, mime=mime, read_seconds=read_seconds,
    )  # fmt: skip
    dpop.NONCES.learn(server, got.headers)
    wait = errors.waiting_time(
        got.headers.get("retry-after"), got.headers.get("ratelimit-reset"), time.time()
    )
    return Answer(got.status, got.body if isinstance(got.body, dict) else None, got.raw, wait)
