"""Graph's errors: what each means while preparing, and which of them prove that nothing was published.

Preparing shows nothing to anybody, so what is not known there may be repeated. Publishing is the other way round:
code 4 / 2207051 has been answered although the post was live (postiz #1681), so only what Graph says at the door,
about the token and its permissions, is a definite no. Everything else is looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from genlyd.networks.domain.outcome import Kind, Outcome

#: Graph tells no waiting time; its counters run over an hour or a day.
PAUSE = timedelta(minutes=30)
#: A picture that Meta is still working on.
SOON = timedelta(seconds=30)
A_DAY = timedelta(hours=6)

#: Said before anything is looked at: the token is none, or may not do this.
AT_THE_DOOR = {"reconnect", "permission"}


@dataclass(frozen=True)
class GraphError:
    """An answer that is not a success. `code` is None when it was no error of Graph's (a proxy's page, say)."""

    status: int
    code: int | None = None
    subcode: int = 0
    transient: bool = False
    #: Graph's words, for the trail and for the errors that have a name and no number.
    message: str = ""

    @property
    def key(self) -> str:
        return f"{self.code}/{self.subcode}" if self.subcode else f"{self.code}"


@dataclass(frozen=True)
class Meaning:
    kind: Kind
    problem: str
    wait: timedelta | None = None


def _no(problem: str) -> Meaning:
    return Meaning(Kind.REJECTED, problem)


RECONNECT = Meaning(Kind.RECONNECT, "reconnect")
PERMISSION = Meaning(Kind.RECONNECT, "permission")
BUSY = Meaning(Kind.WAIT, "busy", PAUSE)
QUOTA = Meaning(Kind.WAIT, "quota", A_DAY)
MAKING = Meaning(Kind.WAIT, "picture_in_the_making", SOON)
REPEAT = Meaning(Kind.NOT_SENT, "unreachable")

#: By code and subcode, the more exact one first. What each network adds stands in its own folder.
MEANINGS: Mapping[str, Meaning] = {
    "1": REPEAT,
    "2": REPEAT,
    "3": PERMISSION,
    "4": BUSY,
    "10": PERMISSION,
    "17": BUSY,
    "32": BUSY,
    "102": RECONNECT,
    "190": RECONNECT,
    "341": BUSY,
    "368": Meaning(Kind.WAIT, "blocked", A_DAY),
    "613": BUSY,
}
#: Without a number of its own, Graph names the error in its message.
NAMED: Mapping[str, Meaning] = {"LINK_LIMIT_EXCEEDED": _no("too_many_links")}
PERMISSIONS = range(200, 300)
SERVER = 500
TOO_MANY = 429


def meaning(error: GraphError, more: Mapping[str, Meaning] | None = None) -> Meaning:
    """While preparing. What nobody documented may be repeated: nothing shows yet."""
    for name, known in NAMED.items():
        if name in error.message:
            return known
    if error.code is None:
        return BUSY if error.status == TOO_MANY else REPEAT
    table = {**MEANINGS, **(more or {})}
    found = table.get(error.key) or table.get(f"{error.code}")
    if found:
        return found
    if error.code in PERMISSIONS:
        return PERMISSION
    if error.transient or error.status >= SERVER:
        return REPEAT
    return BUSY if error.status == TOO_MANY else _no("not_accepted")


def judge_preparing(error: GraphError, more: Mapping[str, Meaning] | None = None) -> Outcome:
    found = meaning(error, more)
    return _outcome(error, found.kind, found.problem, found.wait)


def judge_publishing(error: GraphError, more: Mapping[str, Meaning] | None = None) -> Outcome:
    """Of the call that publishes. Only a token that was turned away at the door is proven."""
    found = meaning(error, more)
    if found.problem in AT_THE_DOOR and error.status < SERVER and not error.transient:
        return _outcome(error, found.kind, found.problem, None)
    return _outcome(error, Kind.UNKNOWN, "unconfirmed", None)


def _outcome(error: GraphError, kind: Kind, problem: str, wait: timedelta | None) -> Outcome:
    said = f"{error.key} {error.message}" if error.code is not None else f"HTTP {error.status}"
    return Outcome(kind=kind, problem=problem, wait=wait, status=error.status, error=said[:300])
