from datetime import UTC, datetime, timedelta

import pytest

from genlyd.networks.domain.outcome import Kind
from genlyd.networks.mastodon.domain.errors import DEFAULT_WAIT, LONGEST_WAIT, judge, waiting_time
from genlyd.networks.registry import NETWORKS

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
MASTODON = NETWORKS["mastodon"]


@pytest.mark.parametrize("documented", MASTODON.errors, ids=lambda one: f"{one.status} {one.code}"[:60])
def test_every_documented_error_is_judged_as_the_table_says(documented) -> None:
    outcome = judge(documented.status, documented.code)
    assert (outcome.kind, outcome.problem) == (documented.kind, documented.problem)


@pytest.mark.parametrize(
    ("status", "error"),
    [(302, ""), (400, "Bad request"), (404, "Record not found"), (409, ""), (500, ""), (502, ""), (504, "")],
)
def test_what_is_not_documented_proves_nothing(status: int, error: str) -> None:
    assert judge(status, error).kind is Kind.UNKNOWN


@pytest.mark.parametrize(
    ("reset", "retry_after", "wait"),
    [
        ("2026-11-23T12:03:00.123456Z", None, timedelta(minutes=3, microseconds=123456)),
        ("2026-11-23T13:01:00+01:00", None, timedelta(minutes=1)),
        ("2026-11-23T12:03:00", None, timedelta(minutes=3)),
        ("2026-11-23T11:00:00Z", None, timedelta(seconds=1)),
        ("2036-11-23T11:00:00Z", None, LONGEST_WAIT),
        (None, "30", timedelta(seconds=30)),
        ("soon", "30", timedelta(seconds=30)),
        ("soon", "inf", DEFAULT_WAIT),
        (None, None, DEFAULT_WAIT),
    ],
)
def test_waiting_time_is_read_from_what_the_server_says(reset, retry_after, wait: timedelta) -> None:
    assert waiting_time(reset, retry_after, NOW) == wait
