"""Calls to X's API in a person's name."""

from __future__ import annotations

from typing import Any

from genlyd.base import clock
from genlyd.networks import tokens
from genlyd.networks.addresses import address
from genlyd.networks.calls import Answer, CallFailed, call
from genlyd.networks.credentials import app_of
from genlyd.networks.domain.outcome import Failed, Kind, Outcome
from genlyd.networks.models import Account
from genlyd.networks.x.domain.errors import judge
from genlyd.networks.x.sign_in import CONNECTOR

STALE = "stale_session"


def token_of(account: Account) -> str:
    """Raises Failed. An app that has been switched off posts nothing, whatever tokens there are."""
    if app_of(account.organisation_id, "x") is None:
        raise Failed(Outcome(kind=Kind.WAIT, problem="switched_off", error="no app"))
    return tokens.access(account, CONNECTOR)


def ask(account: Account, method: str, path: str, **more: Any) -> Answer:
    """Raises Failed, like `calls.call` and `token_of`."""
    return call(address("x"), method, path, token=token_of(account), **more)


def judged(account: Account, answer: Answer) -> Outcome:
    """What a refusal means. One for the token's sake renews it, so that the next call finds a fresh one."""
    outcome = judge(answer.status, answer.body, answer.headers, clock.now())
    if outcome.problem == STALE:
        tokens.access(account, CONNECTOR, renew=True)
    return Outcome(**{**vars(outcome), "response": answer.raw})


def repeatable(account: Account, method: str, path: str, **more: Any) -> Answer:
    """A call that shows nothing to anybody: what is not a success is a Failed that may be tried again."""
    try:
        answer = ask(account, method, path, **more)
    except CallFailed as error:
        raise Failed(Outcome(kind=Kind.NOT_SENT, problem="unreachable", error=error.outcome.error)) from error
    if answer.ok:
        return answer
    outcome = judged(account, answer)
    if outcome.kind is Kind.UNKNOWN:
        outcome = Outcome(
            kind=Kind.NOT_SENT, problem="unreachable", status=answer.status, error=outcome.error
        )
    raise Failed(outcome)
