"""Tokens of an account. Logging in is rationed (30 per 5 minutes, 300 a day), so a session is kept and renewed."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction

from genlyd.base import clock
from genlyd.networks import tokens
from genlyd.networks.bluesky.xrpc import CallFailed, call
from genlyd.networks.contract import Tokens
from genlyd.networks.domain.outcome import Failed, Kind, Outcome
from genlyd.networks.models import Account

#: An access token with less than this left is renewed before use; longer than any call takes.
MARGIN = timedelta(minutes=5)
#: What `Account` holds of a DID or a handle; the specification allows 253 characters of a handle.
LONGEST_NAME = 200
#: More than there are people: what a server says is not believed beyond.
MOST_FOLLOWERS = 2_000_000_000


@dataclass(frozen=True)
class Opened:
    did: str
    handle: str
    access: str
    refresh: str


def _expires(token: str) -> float:
    """The token's own `exp`, unverified: only used to renew in time. 0 when unreadable."""
    try:
        payload = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        return float(claims["exp"])
    except (IndexError, KeyError, TypeError, ValueError, binascii.Error):
        return 0.0


def sealed(opened: Opened) -> bytes:
    return tokens.sealed(Tokens(access=opened.access, refresh=opened.refresh))


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
    return _opened(answer.body or {}) or Outcome(kind=Kind.UNKNOWN, problem="not_a_pds", status=answer.status)


def _opened(body: dict[str, Any]) -> Opened | None:
    values = [body.get(key) for key in ("did", "handle", "accessJwt", "refreshJwt")]
    if not all(isinstance(value, str) and value and value.isprintable() for value in values):
        return None
    if max(len(str(value)) for value in values[:2]) > LONGEST_NAME:
        return None
    return Opened(*values)  # type: ignore[arg-type]


def access_token(account: Account, *, renew: bool = False) -> str:
    """A token that outlives the next call. Raises Failed; a refused renewal marks the account.

    The new pair is stored before its first use, under the account's row lock: two workers renew once.
    """
    known = tokens.read(account)
    if not renew and _expires(known.access) > (clock.now() + MARGIN).timestamp():
        return known.access
    with transaction.atomic():
        locked = Account.objects.select_for_update().get(pk=account.pk)
        current = tokens.read(locked)
        if current.refresh != known.refresh:
            account.secret_sealed = locked.secret_sealed
            return current.access
        refused = _renew(locked, current.refresh)
        account.secret_sealed = locked.secret_sealed
    if refused:
        raise Failed(refused)
    return tokens.read(account).access


def _renew(locked: Account, refresh: str) -> Outcome | None:
    try:
        answer = call(locked.server, "com.atproto.server.refreshSession", token=refresh, data=b"")
    except CallFailed as error:
        return Outcome(kind=Kind.NOT_SENT, problem="unreachable", error=error.outcome.error)
    opened = _opened(answer.body or {}) if answer.ok else None
    if opened:
        locked.secret_sealed, locked.handle, locked.needs_reconnect_since = (
            sealed(opened),
            opened.handle,
            None,
        )
        locked.save(update_fields=["secret_sealed", "handle", "needs_reconnect_since"])
        return None
    outcome = answer.judged()
    if outcome.problem in {"stale_session", "reconnect", "account_closed", "not_accepted"}:
        locked.needs_reconnect_since = locked.needs_reconnect_since or clock.now()
        locked.save(update_fields=["needs_reconnect_since"])
        return Outcome(kind=Kind.RECONNECT, problem="reconnect", status=outcome.status, error=outcome.error)
    if outcome.kind is Kind.WAIT:
        return outcome
    return Outcome(kind=Kind.NOT_SENT, problem="unreachable", status=outcome.status, error=outcome.error)


def close_session(account: Account) -> None:
    """Log out. The account is forgotten here whatever the server says."""
    try:
        call(
            account.server,
            "com.atproto.server.deleteSession",
            token=tokens.read(account).refresh,
            data=b"",
        )
    except Failed:
        return


def followers(account: Account) -> int | None:
    """How many follow the account; None when the index behind the server cannot be asked."""
    try:
        answer = call(
            account.server, "app.bsky.actor.getProfile", token=access_token(account),
            params={"actor": account.remote_id}, read_seconds=5,
        )  # fmt: skip
    except Failed:
        return None
    count = (answer.body or {}).get("followersCount") if answer.ok else None
    return count if isinstance(count, int) and 0 <= count <= MOST_FOLLOWERS else None
