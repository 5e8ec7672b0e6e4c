from datetime import timedelta

import pytest

from genlyd.networks.bluesky.documented import ERRORS
from genlyd.networks.bluesky.domain.errors import DEFAULT_WAIT, LONGEST_WAIT, judge, judge_token, waiting_time
from genlyd.networks.contract import Documented
from genlyd.networks.domain.outcome import Kind


@pytest.mark.parametrize("known", ERRORS, ids=lambda known: known.code)
def test_every_documented_error_means_what_the_table_says(known: Documented) -> None:
    outcome = judge(known.status, known.code)
    assert (outcome.kind, outcome.problem) == (known.kind, known.problem)


@pytest.mark.parametrize(
    ("status", "name"), [(400, "SomethingNew"), (403, ""), (404, ""), (409, "Conflict"), (302, ""), (500, "")]
)
def test_whatever_is_not_documented_proves_nothing(status: int, name: str) -> None:
    assert judge(status, name).kind is Kind.UNKNOWN


@pytest.mark.parametrize(
    ("status", "name", "kind"),
    [
        (400, "invalid_grant", Kind.RECONNECT),
        (400, "use_dpop_nonce", Kind.NOT_SENT),
        (400, "invalid_client_metadata", Kind.NOT_SENT),
        (429, "", Kind.WAIT),
        (500, "server_error", Kind.NOT_SENT),
    ],
)
def test_a_refused_renewal_is_never_taken_for_a_post(status: int, name: str, kind: Kind) -> None:
    assert judge_token(status, name).kind is kind


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
