"""Tokens of an account: sealed at rest, renewed in time, by one worker at a time."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from genlyd.base import clock
from genlyd.base.crypto import Unreadable, seal, unseal
from genlyd.networks.contract import Connector, Tokens
from genlyd.networks.domain.outcome import Failed, Kind, Outcome
from genlyd.networks.models import Account

#: An access token with less than this left is renewed before use; longer than any call takes.
MARGIN = timedelta(minutes=5)


def sealed(tokens: Tokens) -> bytes:
    return seal(
        {
            "access": tokens.access,
            "refresh": tokens.refresh,
            "expires_at": tokens.expires_at.isoformat() if tokens.expires_at else None,
            "person_by": tokens.person_by.isoformat() if tokens.person_by else None,
            "scopes": tokens.scopes,
            "extra": tokens.extra,
        }
    )


def read(account: Account) -> Tokens:
    """Raises Failed (RECONNECT) when there are none, or none that this installation can read."""
    if not account.secret_sealed:
        raise Failed(Outcome(kind=Kind.RECONNECT, problem="reconnect", error="no secret"))
    try:
        found = unseal(bytes(account.secret_sealed))
    except Unreadable as error:
        raise Failed(Outcome(kind=Kind.RECONNECT, problem="reconnect", error=str(error))) from error
    return Tokens(
        access=str(found.get("access", "")),
        refresh=str(found.get("refresh", "")),
        expires_at=_time(found.get("expires_at")),
        person_by=_time(found.get("person_by")),
        scopes=str(found.get("scopes", "")),
        extra=dict(found.get("extra") or {}),
    )


def _time(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


def store(account: Account, tokens: Tokens) -> None:
    """Committed before the pair is used: a network may have withdrawn the old one already."""
    account.secret_sealed, account.scopes = sealed(tokens), tokens.scopes
    if tokens.person_by != account.expires_at:
        account.expires_at, account.warned_days = tokens.person_by, None
    account.needs_reconnect_since = None
    account.save(
        update_fields=["secret_sealed", "scopes", "expires_at", "warned_days", "needs_reconnect_since"]
    )


def access(account: Account, connector: Connector, *, renew: bool = False) -> str:
    """A token that outlives the next call. Raises Failed; where only the person can help the account is marked.

    Under the account's row lock: two workers renew once. `renew` asks for a new one whatever its date says.
    """
    tokens = read(account)
    if not renew and _lasts(tokens):
        return tokens.access
    refused: Failed | None = None
    with transaction.atomic():
        locked = Account.objects.select_for_update().get(pk=account.pk)
        current = read(locked)
        # Both: two access tokens of the same second may be the same word for word.
        if (current.access, current.refresh) == (tokens.access, tokens.refresh):
            try:
                store(locked, connector.renew(locked, current))
            except Failed as failed:
                # Kept until the lock is given back: raising here would roll the mark back.
                refused = failed
                if failed.outcome.kind is Kind.RECONNECT:
                    needs_person(locked)
        account.secret_sealed, account.expires_at = locked.secret_sealed, locked.expires_at
        account.needs_reconnect_since = locked.needs_reconnect_since
    if refused:
        raise refused
    return read(account).access


def _lasts(tokens: Tokens) -> bool:
    return tokens.expires_at is None or tokens.expires_at > clock.now() + MARGIN


def needs_person(account: Account) -> None:
    """From now on only the person can bring the account back."""
    account.needs_reconnect_since = account.needs_reconnect_since or clock.now()
    account.save(update_fields=["needs_reconnect_since"])
