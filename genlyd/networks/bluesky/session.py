"""Calls to a PDS for an account, whichever way it was connected."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from genlyd.networks import tokens
from genlyd.networks.bluesky import dpop
from genlyd.networks.bluesky.endpoints import NONCE_WANTED
from genlyd.networks.bluesky.oauth import BlueskyConnector
from genlyd.networks.bluesky.xrpc import Answer, CallFailed, call
from genlyd.networks.models import Account

CONNECTOR = BlueskyConnector()


def access_token(account: Account, *, renew: bool = False) -> str:
    """A token that outlives the next call. Raises Failed; a refused renewal marks the account."""
    return tokens.access(account, CONNECTOR, renew=renew)


def ask(account: Account, method: str, *, publishes: bool = False, **what: Any) -> Answer:
    """One call with the account's session; `what` as for xrpc.call. Raises Failed.

    A server that wants another nonce has read nothing else of the call, so it is made once more; but not when it
    `publishes`: that call is made once, whatever the answer. Its nonce is fetched beforehand with a harmless question.
    """
    token = access_token(account)
    key = tokens.read(account).extra.get("dpop")
    if key and publishes and not dpop.NONCES.is_fresh(account.server):
        with suppress(CallFailed):
            call(account.server, "com.atproto.server.getSession", token=token, key=key, read_seconds=10)
    answer = call(account.server, method, token=token, key=key, **what)
    if key and not publishes and answer.error == NONCE_WANTED:
        answer = call(account.server, method, token=token, key=key, **what)
    return answer
