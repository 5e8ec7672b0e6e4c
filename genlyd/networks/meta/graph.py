"""Asking Graph, as Threads and Instagram speak it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from genlyd.networks.calls import Answer, CallFailed
from genlyd.networks.domain.outcome import Failed, Kind, Outcome
from genlyd.networks.meta.domain.errors import GraphError, Meaning, judge_preparing

#: Of Graph's words about an error this much is looked at.
MESSAGE = 500


def error_in(answer: Answer) -> GraphError:
    code, subcode = answer.find("error", "code"), answer.find("error", "error_subcode")
    words = [answer.text("error", key) for key in ("message", "error_user_title", "error_user_msg")]
    return GraphError(
        status=answer.status,
        code=code if isinstance(code, int) else None,
        subcode=subcode if isinstance(subcode, int) else 0,
        transient=answer.find("error", "is_transient") is True,
        message=" ".join(word for word in words if word)[:MESSAGE],
    )


def is_missing(answer: Answer) -> bool:
    """There is no such object: never was, or not any more (100/33; 24 with 4279009, 2207006 or 2207008)."""
    error = error_in(answer)
    return (error.code, error.subcode) == (100, 33) or (error.code == 24 and error.subcode in GONE)  # noqa: PLR2004


#: Subcodes of 24: Threads' "media not found", Instagram's "media" and "media builder" not found.
GONE = {4279009, 2207006, 2207008}


def checked(answer: Answer, more: Mapping[str, Meaning] | None = None) -> Answer:
    """A success, or Failed with what the error means while nothing shows yet."""
    if answer.ok and isinstance(answer.body, dict):
        return answer
    outcome = judge_preparing(error_in(answer), more)
    raise Failed(Outcome(**{**vars(outcome), "response": answer.raw}))


def repeatable(failed: CallFailed) -> Failed:
    """A call that shows nothing may be made again whatever became of it."""
    return Failed(Outcome(kind=Kind.NOT_SENT, problem="unreachable", error=failed.outcome.error))


def rows(answer: Answer) -> list[Mapping[str, Any]]:
    """What stands in an answer's `data`."""
    found = answer.find("data")
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []
