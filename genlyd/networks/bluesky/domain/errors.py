"""The error map: which answers of a PDS are a definite no, and which prove nothing (networks.md 1.6, 4.3.3)."""

from __future__ import annotations

from datetime import timedelta

from genlyd.networks.domain.outcome import Kind, Outcome

BAD_TOKEN = {"ExpiredToken", "InvalidToken", "invalid_token"}
#: The proof was turned away before anything else was read: another nonce, or a clock that is wrong.
BAD_PROOF = {"use_dpop_nonce", "invalid_dpop_proof"}
NOT_ALLOWED = {"ScopeMissingError", "insufficient_scope"}
ACCOUNT_CLOSED = {"AccountTakedown", "AccountDeactivated", "AccountSuspended"}
NOT_SIGNED_IN = {"AuthMissing", "AuthenticationRequired", "AuthRequired"}
TOO_MUCH = {"PayloadTooLarge", "BlobTooLarge"}
DEFAULT_WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=24)


def waiting_time(retry_after: str | None, reset: str | None, now: float) -> timedelta:
    """From `Retry-After` (seconds) or `ratelimit-reset` (epoch seconds); five minutes when neither is readable."""
    for value, base in ((retry_after, 0.0), (reset, now)):
        try:
            # "inf" and "nan" are numbers too, and a hostile server knows it.
            wait = timedelta(seconds=float(value or "") - base)
        except (ValueError, OverflowError):
            continue
        return min(max(wait, timedelta(seconds=1)), LONGEST_WAIT)
    return DEFAULT_WAIT


def judge(  # noqa: PLR0911  one line for each kind of answer
    status: int, name: str, *, wait: timedelta = DEFAULT_WAIT
) -> Outcome:
    """An answer that is not a success. Whatever is not a documented refusal proves nothing."""
    if name in BAD_TOKEN:
        # The request was read and turned away at the door: nothing was written.
        return Outcome(kind=Kind.NOT_SENT, problem="stale_session", status=status, error=name)
    if name in BAD_PROOF:
        return Outcome(kind=Kind.NOT_SENT, problem="stale_session", status=status, error=name)
    if name in NOT_ALLOWED:
        return Outcome(kind=Kind.RECONNECT, problem="reconnect", status=status, error=name)
    if status == 429:  # noqa: PLR2004
        return Outcome(kind=Kind.WAIT, problem="busy", wait=wait, status=status, error=name)
    if name in ACCOUNT_CLOSED:
        return Outcome(kind=Kind.RECONNECT, problem="account_closed", status=status, error=name)
    if status == 401 or name in NOT_SIGNED_IN:  # noqa: PLR2004
        return Outcome(kind=Kind.RECONNECT, problem="reconnect", status=status, error=name)
    if status == 413 or name in TOO_MUCH:  # noqa: PLR2004
        return Outcome(kind=Kind.REJECTED, problem="picture_too_large", status=status, error=name)
    if status == 400 and name == "InvalidRequest":  # noqa: PLR2004
        return Outcome(kind=Kind.REJECTED, problem="not_accepted", status=status, error=name)
    # InvalidSwap belongs here: something stands under our marker, and a look will say what.
    return Outcome(kind=Kind.UNKNOWN, problem="unconfirmed", status=status, error=name or str(status))


def judge_token(status: int, name: str, *, wait: timedelta = DEFAULT_WAIT) -> Outcome:
    """An answer of the token endpoint that is not a pair. Nothing was posted in any case."""
    if name in {"invalid_grant", "unauthorized_client", "access_denied", "invalid_token"}:
        return Outcome(kind=Kind.RECONNECT, problem="reconnect", status=status, error=name)
    if status == 429:  # noqa: PLR2004
        return Outcome(kind=Kind.WAIT, problem="busy", wait=wait, status=status, error=name)
    # Also invalid_client_metadata: the server could not read our document just now.
    return Outcome(kind=Kind.NOT_SENT, problem="unreachable", status=status, error=name or str(status))
