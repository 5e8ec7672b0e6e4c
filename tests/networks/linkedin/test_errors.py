from datetime import UTC, datetime, timedelta

import pytest

from genlyd.networks.domain.outcome import Kind
from genlyd.networks.linkedin.domain.errors import FRESH, judge, until_midnight

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
OLD = timedelta(days=3)
REVOKED = {"status": 401, "serviceErrorCode": 65601, "code": "REVOKED_ACCESS_TOKEN", "message": "revoked"}
DUPLICATE = {
    "message": "Unprocessable: Content is a duplicate of urn:li:share:7141234567890123456", "status": 422,
    "errorDetails": {"inputErrors": [{"code": "DUPLICATE_POST"}]},
}  # fmt: skip


@pytest.mark.parametrize(
    ("status", "body", "kind", "problem"),
    [
        (401, REVOKED, Kind.RECONNECT, "reconnect"),
        (401, {"serviceErrorCode": 65602}, Kind.RECONNECT, "reconnect"),
        (403, {"serviceErrorCode": 100, "code": "ACCESS_DENIED"}, Kind.RECONNECT, "permission"),
        (426, {"code": "NONEXISTENT_VERSION"}, Kind.WAIT, "version"),
        (429, {"serviceErrorCode": 101}, Kind.WAIT, "busy"),
        (422, DUPLICATE, Kind.DUPLICATE, "duplicate"),
        (422, {"message": "FIELD_LENGTH_TOO_LONG"}, Kind.REJECTED, "too_long"),
        (422, {}, Kind.REJECTED, "not_accepted"),
        (400, {"code": "ILLEGAL_ARGUMENT"}, Kind.REJECTED, "not_accepted"),
        # Not proven, so not known:
        (404, {}, Kind.UNKNOWN, "unconfirmed"),
        (405, {}, Kind.UNKNOWN, "unconfirmed"),
        (409, {}, Kind.UNKNOWN, "unconfirmed"),
        (500, {"serviceErrorCode": 0}, Kind.UNKNOWN, "unconfirmed"),
        (502, {}, Kind.UNKNOWN, "unconfirmed"),
        (503, {}, Kind.UNKNOWN, "unconfirmed"),
        (302, {}, Kind.UNKNOWN, "unconfirmed"),
    ],
)
def test_only_documented_refusals_are_certain(status: int, body: dict, kind: Kind, problem: str) -> None:
    outcome = judge(status, body, token_age=OLD, now=NOW)
    assert (outcome.kind, outcome.problem, outcome.status) == (kind, problem, status)


def test_a_token_that_is_seconds_old_is_not_believed_to_be_revoked() -> None:
    young = judge(401, REVOKED, token_age=FRESH - timedelta(seconds=1), now=NOW)
    assert (young.kind, young.wait is not None) == (Kind.WAIT, True)
    assert judge(401, REVOKED, token_age=FRESH, now=NOW).kind is Kind.RECONNECT


def test_a_duplicate_names_the_other_post_as_a_hint() -> None:
    outcome = judge(422, DUPLICATE, token_age=OLD, now=NOW)
    assert outcome.remote_id == "urn:li:share:7141234567890123456"
    assert outcome.permalink == "https://www.linkedin.com/feed/update/urn:li:share:7141234567890123456/"
    assert (
        judge(422, {"message": "Content is a duplicate of something"}, token_age=OLD, now=NOW).permalink == ""
    )


def test_too_many_waits_no_longer_than_linkedin_s_day() -> None:
    late = NOW.replace(hour=23, minute=58)
    assert judge(429, {}, token_age=OLD, now=late).wait == timedelta(minutes=2) == until_midnight(late)
    assert judge(429, {}, token_age=OLD, now=NOW).wait < timedelta(hours=1)
