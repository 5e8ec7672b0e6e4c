"""Calls to LinkedIn for one account: token, version, and what each refusal means for the account and the app."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from typing import Any

from genlyd.base import clock
from genlyd.networks import quotas, tokens
from genlyd.networks.addresses import address
from genlyd.networks.calls import Answer, call
from genlyd.networks.domain.outcome import Failed, Kind, Outcome
from genlyd.networks.domain.quota import Call
from genlyd.networks.linkedin import app as apps
from genlyd.networks.linkedin.domain.errors import judge
from genlyd.networks.linkedin.sign_in import CONNECTOR
from genlyd.networks.models import Account, NetworkApp


def token_of(account: Account) -> str:
    """Raises Failed when there is none that lasts: LinkedIn renews none by itself."""
    return tokens.access(account, CONNECTOR)


def usable_app(account: Account) -> NetworkApp:
    """Raises Failed (WAIT) when the app is switched off or its version has ended."""
    app = apps.app_for(account.organisation_id)
    if app is None:
        raise Failed(Outcome(kind=Kind.WAIT, problem="switched_off", error="no app"))
    if apps.is_held(app):
        raise Failed(apps.held())
    return app


def ask(
    account: Account,
    method: str,
    path: str,
    *,
    restli_method: str = "",
    json_body: Any = None,
    counts: Call | None = None,
    read_seconds: float = 20.0,
) -> Answer:
    """One call below /rest/. Raises Failed: before anything was sent, or CallFailed for a broken call.

    `counts`: what to take from the member's day. None for the post itself, which its claim has counted.
    """
    app = usable_app(account)
    token = token_of(account)
    if counts:
        quotas.count(account, counts)
    version = apps.version_of(app)
    headers = {"LinkedIn-Version": version, "X-Restli-Protocol-Version": "2.0.0"}
    if restli_method:
        headers["X-RestLi-Method"] = restli_method
    answer = call(
        address("linkedin"), method, path, token=token, headers=headers, json_body=json_body,
        read_seconds=read_seconds,
    )  # fmt: skip
    if answer.status == 426:  # noqa: PLR2004
        apps.mark_ended(app, version)
    return answer


def judged(account: Account, answer: Answer) -> Outcome:
    """What a refusal means. An account that only its owner can mend is marked."""
    body: Mapping[str, Any] = answer.body if isinstance(answer.body, dict) else {}
    now = clock.now().astimezone(UTC)
    outcome = judge(answer.status, body, token_age=now - account.connected_at, now=now)
    if outcome.kind is Kind.RECONNECT:
        tokens.needs_person(account)
    return Outcome(**{**vars(outcome), "response": answer.raw})


def refused_reading(account: Account, answer: Answer) -> Outcome:
    """A figure that may not be read is no reason to stop posting: a 403 here leaves the account as it is."""
    if answer.status == 403:  # noqa: PLR2004
        return Outcome(
            kind=Kind.REJECTED, problem="permission", status=answer.status, error=answer.text("message")
        )
    return judged(account, answer)
