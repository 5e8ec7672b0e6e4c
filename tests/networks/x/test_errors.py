"""What each answer of X means, and that a person is told what to do about it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from genlyd.networks.domain.outcome import Kind
from genlyd.networks.x.domain.errors import DEFAULT_WAIT, LONGEST_WAIT, judge, waiting_time
from genlyd.networks.x.errors import ERRORS, PROBLEMS
from genlyd.sharing.words import PROBLEMS as GENERAL

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
PROBLEM = "https://api.x.com/2/problems/"


def said(code: str) -> Any:
    """A body in which X would say this: a type of problem, or words."""
    kind = f"{PROBLEM}{code}" if (code.islower() and "-" in code) or code == "credits" else "about:blank"
    return {"type": kind, "title": code, "detail": code, "errors": [{"message": code}]}


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: f"{error.status} {error.code}")
def test_every_documented_error_means_what_the_table_says(error) -> None:
    outcome = judge(error.status, said(error.code), {}, NOW)
    assert (outcome.kind, outcome.problem) == (error.kind, error.problem)
    assert PROBLEMS.get(error.problem) or GENERAL[error.problem]


@pytest.mark.parametrize(
    ("status", "body"),
    [(404, {}), (409, {}), (500, {}), (502, None), (503, "busy"), (302, None), (418, {}), (451, [1])],
)
def test_what_is_not_documented_proves_nothing(status: int, body: object) -> None:
    assert judge(status, body, {}, NOW).kind is Kind.UNKNOWN


@pytest.mark.parametrize(
    "body", [None, [], "text", {"errors": "no"}, {"errors": [1]}, {"type": 7}, {"title": []}]
)
def test_any_body_can_be_judged(body: object) -> None:
    assert judge(403, body, {}, NOW).kind is Kind.REJECTED


@pytest.mark.parametrize(
    ("reset", "wait"),
    [
        (str(NOW.timestamp() + 90), timedelta(seconds=90)),
        (str(NOW.timestamp() - 90), timedelta(seconds=1)),
        ("99999999999", LONGEST_WAIT),
        (None, DEFAULT_WAIT),
        ("soon", DEFAULT_WAIT),
        ("nan", DEFAULT_WAIT),
        ("inf", DEFAULT_WAIT),
        ("1e300", DEFAULT_WAIT),
    ],
)
def test_waiting_time(reset: str | None, wait: timedelta) -> None:
    assert waiting_time(reset, NOW) == wait
