"""The other way in: an app password, for installations that Bluesky cannot reach, and for who prefers it.

Logging in is rationed (30 per 5 minutes, 300 a day), so the session is kept and renewed, never opened anew.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from genlyd.networks.bluesky.xrpc import CallFailed, call
from genlyd.networks.contract import Tokens
from genlyd.networks.domain.outcome import Failed, Kind, Outcome
from genlyd.networks.models import Account

#: What `Account` holds of a DID or a handle; the specification allows 253 characters of a handle.
LONGEST_NAME = 200


@dataclass(frozen=True)
class Opened:
    did: str
    handle: str
    access: str
    refresh: str

    @property
    def tokens(self) -> Tokens:
        return Tokens(access=self.access, refresh=self.refresh, expires_at=ends_at(self.access))


def ends_at(token: str) -> datetime:
    """The token's own `exp`, unverified: only used to renew in time. Long ago when unreadable."""
    try:
        payload = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        return datetime.fromtimestamp(float(claims["exp"]), UTC)
    except (IndexError, KeyError, TypeError, ValueError, OverflowError, OSError, binascii.Error):
        return datetime.fromtimestamp(0, UTC)


def open_session(server: str, identifier: str, password: str) -> Opened | Outcome:
    """Log in once, when connecting. An Outcome says why not."""
    try:
        answer = call(
            server,
            "com.atproto.server.createSession",
            json_body={"identifier": identifier, "password": password},
        )
    except CallFailed as error:
        return Outcome(kind=Kind.NOT_SENT, problem="unreachable", error=error.outcome.error)
    if not answer.ok:
        return answer.judged()
    return opened_from(answer.body or {}) or Outcome(
        kind=Kind.UNKNOWN, problem="not_a_pds", status=answer.status
    )


def opened_from(body: dict[str, Any]) -> Opened | None:
    values = [body.get(key) for key in ("did", "handle", "accessJwt", "refreshJwt")]
    if not all(isinstance(value, str) and value and value.isprintable() for value in values):
        return None
    if max(len(str(value)) for value in values[:2]) > LONGEST_NAME:
        return None
    return Opened(*values)  # type: ignore[arg-type]


def renew(account: Account, tokens: Tokens) -> Tokens:
    """Raises Failed."""
    try:
        answer = call(account.server, "com.atproto.server.refreshSession", token=tokens.refresh, data=b"")
    except CallFailed as error:
        raise Failed(Outcome(kind=Kind.NOT_SENT, problem="unreachable", error=error.outcome.error)) from error
    opened = opened_from(answer.body or {}) if answer.ok else None
    if opened and opened.did == account.remote_id:
        if opened.handle != account.handle:
            account.handle = opened.handle
            account.save(update_fields=["handle"])
        return opened.tokens
    outcome = answer.judged()
    if outcome.problem in {"stale_session", "reconnect", "account_closed", "not_accepted"}:
        raise Failed(
            Outcome(kind=Kind.RECONNECT, problem="reconnect", status=outcome.status, error=outcome.error)
        )
    if outcome.kind is Kind.WAIT:
        raise Failed(outcome)
    raise Failed(
        Outcome(kind=Kind.NOT_SENT, problem="unreachable", status=outcome.status, error=outcome.error)
    )


def close(account: Account, tokens: Tokens) -> None:
    """Log out. The account is forgotten here whatever the server says."""
    try:
        call(account.server, "com.atproto.server.deleteSession", token=tokens.refresh, data=b"")
    except Failed:
        return
