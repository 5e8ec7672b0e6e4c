"""One call to a network: no redirects, no repeats. What goes wrong says whether a byte may have left."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx2

from genlyd.base.http import BadAddress, NotFetched, PrivateAddress, kept_client
from genlyd.networks.domain.outcome import Failed, Kind, Outcome

CONNECT_SECONDS = 10.0
#: Of what came back this much is kept for the audit trail.
KEPT = 2000
#: These prove that the network has seen nothing of the request.
NEVER_LEFT = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout, BadAddress, PrivateAddress)
OK = range(200, 300)


@dataclass(frozen=True)
class Answer:
    """What a network said. `body` is None when it was not JSON; header names are lower-case."""

    status: int
    body: Any
    raw: str
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return self.status in OK

    def find(self, *path: str | int) -> Any:
        """What stands at this path of the body, or None: networks leave things out."""
        found = self.body
        for step in path:
            if isinstance(step, str) and isinstance(found, dict):
                found = found.get(step)
            elif isinstance(step, int) and isinstance(found, list) and -len(found) <= step < len(found):
                found = found[step]
            else:
                return None
        return found

    def text(self, *path: str | int) -> str:
        """Like `find`, as a printable string; "" for anything else."""
        found = self.find(*path)
        if isinstance(found, int) and not isinstance(found, bool):
            return str(found)
        return found if isinstance(found, str) else ""


class CallFailed(Failed):
    """No answer. `outcome` says whether a byte may have left."""


def call(
    base: str,
    method: str,
    path: str,
    *,
    token: str = "",
    auth: str = "Bearer",
    headers: Mapping[str, str] | None = None,
    params: Mapping[str, Any] | None = None,
    json_body: Any = None,
    form: Mapping[str, str] | None = None,
    data: bytes | None = None,
    files: Mapping[str, Any] | None = None,
    mime: str = "",
    read_seconds: float = 20.0,
) -> Answer:
    """`path` is relative to the origin `base`. Raises CallFailed: NOT_SENT is proven, all else is UNKNOWN."""
    sent = dict(headers or {})
    if token:
        sent["Authorization"] = f"{auth} {token}"
    if json_body is not None:
        data, mime = json.dumps(json_body, ensure_ascii=False).encode(), "application/json"
    if mime:
        sent["Content-Type"] = mime
    try:
        answer = kept_client(base, connect=CONNECT_SECONDS).request(
            method, path, params=params, headers=sent, content=data, data=form, files=files,
            timeout=httpx2.Timeout(read_seconds, connect=CONNECT_SECONDS),
        )  # fmt: skip
        raw = answer.text
    except NEVER_LEFT as error:
        raise CallFailed(
            Outcome(kind=Kind.NOT_SENT, problem="unreachable", error=f"{type(error).__name__}: {error}"[:300])
        ) from error
    except (httpx2.HTTPError, NotFetched) as error:
        raise CallFailed(
            Outcome(kind=Kind.UNKNOWN, problem="unconfirmed", error=f"{type(error).__name__}: {error}"[:300])
        ) from error
    return Answer(
        status=answer.status_code,
        body=_json(raw),
        raw=raw[:KEPT],
        headers={name.lower(): value for name, value in answer.headers.items()},
    )


def _json(raw: str) -> Any:
    try:
        return json.loads(raw) if raw else {}
    except (ValueError, RecursionError):
        return None
