from datetime import timedelta

import pytest

from genlyd.networks.bluesky.domain.errors import DEFAULT_WAIT, LONGEST_WAIT, judge, waiting_time
from genlyd.networks.domain.outcome import Kind


@pytest.mark.parametrize(
    ("status", "name", "kind"),
    [
        (400, "ExpiredToken", Kind.NOT_SENT),
        (400, "InvalidToken", Kind.NOT_SENT),
        (401, "AuthMissing", Kind.RECONNECT),
        (401, "AuthenticationRequired", Kind.RECONNECT),
        (400, "AccountTakedown", Kind.RECONNECT),
        (429, "RateLimitExceeded", Kind.WAIT),
        (400, "InvalidRequest", Kind.REJECTED),
        (413, "PayloadTooLarge", Kind.REJECTED),
        # Not proven, so not known:
        (400, "InvalidSwap", Kind.UNKNOWN),
        (400, "SomethingNew", Kind.UNKNOWN),
        (404, "", Kind.UNKNOWN),
        (500, "InternalServerError", Kind.UNKNOWN),
        (502, "UpstreamFailure", Kind.UNKNOWN),
        (302, "", Kind.UNKNOWN),
    ],
)
def test_only_documented_refusals_are_certain(status: int, name: str, kind: Kind) -> None:
    assert judge(status, name).kind is kind


@pytest.mark.parametrize(
    ("retry_after", "reset", "expected"),
    [
        ("30", None, timedelta(seconds=30)),
        (None, "1060", timedelta(seconds=60)),
        (None, None, DEFAULT_WAIT),
        ("soon", "never", DEFAULT_WAIT),
        ("-5", None, timedelta(seconds=1)),
        ("1e9", None, LONGEST_WAIT),
    ],
)
def test_waiting_time(retry_after: str | None, reset: str | None, expected: timedelta) -> None:
    assert waiting_time(retry_after, reset, 1000.0) == expected


@pytest.mark.parametrize("nonsense", ["inf", "-inf", "nan", "1e400", "soon"])
def test_waiting_time_survives_what_a_hostile_server_writes(nonsense: str) -> None:
    assert waiting_time(nonsense, None, now=0) == DEFAULT_WAIT
    assert waiting_time(None, nonsense, now=0) == DEFAULT_WAIT
