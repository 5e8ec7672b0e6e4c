"""What became of one call that should publish. Anything not proven is UNKNOWN."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Kind(StrEnum):
    PUBLISHED = "published"
    #: Proven: no byte of the request reached the network.
    NOT_SENT = "not_sent"
    #: The network said no to this text or picture.
    REJECTED = "rejected"
    #: The network wants the person to connect again.
    RECONNECT = "reconnect"
    #: The network said: not now.
    WAIT = "wait"
    #: The network says that the same post is there already. Of a first attempt that is the person's own earlier
    #: post; after an attempt whose end nobody saw it may be ours. `remote_id` and `permalink` name what it named.
    DUPLICATE = "duplicate"
    UNKNOWN = "unknown"


class Unknown(StrEnum):
    """What follows a call whose end nobody saw, by what the network allows."""

    #: Look there: the post can be read back.
    LOOK = "look"
    #: Look there, too; and were the look wrong, a repeat with the same marker would be the same post.
    REPEAT = "repeat"
    #: Nobody but the person can see it.
    ASK = "ask"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    kind: Kind
    #: A key of sharing.messages: what a person is told. Never the network's raw text.
    problem: str = ""
    #: The post's own id at the network, and its address for people.
    remote_id: str = ""
    permalink: str = ""
    wait: timedelta | None = None
    #: For the audit trail only.
    status: int | None = None
    error: str = ""
    response: str = ""


class Failed(Exception):
    """A step could not be done. `outcome` says what that means, and whether a byte may have left."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.error or outcome.problem)
        self.outcome = outcome


class Sight(StrEnum):
    """What a look at the network says about a post whose outcome is unknown."""

    FOUND = "found"
    #: Proven by a successful, complete read that is newer than the attempt.
    ABSENT = "absent"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, kw_only=True)
class Look:
    sight: Sight
    remote_id: str = ""
    permalink: str = ""
    error: str = ""
    #: With ABSENT: what was prepared (a container, an upload) is spent and has to be made anew.
    prepare_again: bool = False
