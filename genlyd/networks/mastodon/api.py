"""Asking a person's server. No redirects, no repeats; the address is hostile input and goes through base.http."""

from __future__ import annotations

from typing import Any

from genlyd.base import clock
from genlyd.networks.calls import Answer, CallFailed, call
from genlyd.networks.domain.outcome import Outcome
from genlyd.networks.mastodon.domain import allowed, errors
from genlyd.networks.models import Account

__all__ = ["Answer", "CallFailed", "account_id", "ask", "judged", "limits_of"]


def ask(account: Account, method: str, path: str, *, token: str, **options: Any) -> Answer:
    """A call in the name of the account."""
    return call(account.server, method, path, token=token, **options)


def judged(answer: Answer) -> Outcome:
    """What an answer that is not a success means."""
    wait = errors.waiting_time(
        answer.headers.get("x-ratelimit-reset"), answer.headers.get("retry-after"), clock.now()
    )
    outcome = errors.judge(answer.status, answer.text("error"), wait=wait)
    return Outcome(**{**vars(outcome), "response": answer.raw})


def account_id(account: Account) -> str:
    """The id that the account's own server knows it by; ids of two servers may be the same."""
    return account.remote_id.partition("@")[0]


def limits_of(server: str) -> allowed.Limits | None:
    """What the server allows. None: it does not speak Mastodon's language. Raises CallFailed."""
    for path in ("/api/v2/instance", "/api/v1/instance"):
        answer = call(server, "GET", path)
        if answer.ok and isinstance(answer.body, dict) and (found := allowed.read(answer.body)):
            return found
    return None
