"""Every documented error leads to words that tell the person what to do, and to what the table says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from genlyd.networks.contract import Documented
from genlyd.networks.linkedin.domain.errors import judge
from genlyd.networks.linkedin.errors import ERRORS, PROBLEMS
from genlyd.sharing.words import PROBLEMS as GENERAL


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: f"{error.status}-{error.code}")
def test_a_documented_error_is_judged_as_the_table_says(error: Documented) -> None:
    body = {"status": error.status, "code": error.code, "message": error.code}
    if error.code.isdigit():
        body = {"status": error.status, "serviceErrorCode": int(error.code)}
    outcome = judge(
        error.status, body, token_age=timedelta(days=1), now=datetime(2026, 11, 23, 8, tzinfo=UTC)
    )
    assert (outcome.kind, outcome.problem) == (error.kind, error.problem)
    assert error.source
    words = PROBLEMS.get(error.problem) or GENERAL[error.problem]
    with translation.override("da"):
        danish = str(words)
    with translation.override("en"):
        assert str(words) != danish
