"""How a delivery moves (networks.md 4.3). The only door: a move that is not listed here does not exist.

scheduled -> due -> preparing -> ready -> SENDING -> published -> edited | deleted
SENDING that did not end provably becomes `unknown`, and from there only a look at the network, or the
person, leads on. Nothing leads from `sending` back to `ready` but proof that nothing was sent. Whoever had to
wait prepares again: preparing goes on from what it has, and makes anew what has spoiled (a token, a container).
"""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    SCHEDULED = "scheduled"
    DUE = "due"
    PREPARING = "preparing"
    READY = "ready"
    SENDING = "sending"
    WAITING = "waiting"
    #: Its time is long past: it goes out when the person says that it still should.
    LATE = "late"
    NEEDS_RECONNECT = "needs_reconnect"
    UNKNOWN = "unknown"
    RECONCILING = "reconciling"
    ASK_PERSON = "ask_person"
    PUBLISHED = "published"
    EDITED = "edited"
    DELETED = "deleted"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    ABANDONED = "abandoned"


class Event(StrEnum):
    COME_DUE = "come_due"
    PREPARE = "prepare"
    PREPARED = "prepared"
    #: Preparation broke off (a fault, a dead worker): it is repeatable, so it begins again.
    BREAK_OFF = "break_off"
    CLAIM = "claim"
    CONFIRM = "confirm"
    #: Proven: no byte of the request reached the network.
    NOT_SENT = "not_sent"
    REFUSE = "refuse"
    HOLD = "hold"
    #: The waiting is over.
    PREPARE_AGAIN = "prepare_again"
    #: Its planned time is long past.
    PUT_OFF = "put_off"
    GO_ON = "go_on"
    SIGNED_OUT = "signed_out"
    #: Nobody can say what became of the call.
    LOSE = "lose"
    LOOK = "look"
    FOUND = "found"
    ABSENT = "absent"
    #: Proven absent, and what was prepared cannot be used again.
    SPENT = "spent"
    UNDECIDED = "undecided"
    ASK = "ask"
    GIVE_UP = "give_up"
    CANCEL = "cancel"
    EDIT = "edit"
    DELETE = "delete"


class NoSuchMove(Exception):
    """A bug: somebody tried to move a delivery where it cannot go."""


S, E = State, Event
MOVES: dict[tuple[State, Event], State] = {
    (S.SCHEDULED, E.COME_DUE): S.DUE,
    (S.SCHEDULED, E.CANCEL): S.CANCELLED,
    (S.DUE, E.PREPARE): S.PREPARING,
    (S.DUE, E.PUT_OFF): S.LATE,
    (S.DUE, E.CANCEL): S.CANCELLED,
    (S.PREPARING, E.PREPARED): S.READY,
    (S.PREPARING, E.BREAK_OFF): S.DUE,
    (S.PREPARING, E.HOLD): S.WAITING,
    (S.PREPARING, E.REFUSE): S.REJECTED,
    (S.PREPARING, E.SIGNED_OUT): S.NEEDS_RECONNECT,
    (S.PREPARING, E.CANCEL): S.CANCELLED,
    (S.READY, E.CLAIM): S.SENDING,
    (S.READY, E.PUT_OFF): S.LATE,
    (S.READY, E.REFUSE): S.REJECTED,
    (S.READY, E.HOLD): S.WAITING,
    (S.READY, E.CANCEL): S.CANCELLED,
    (S.SENDING, E.CONFIRM): S.PUBLISHED,
    (S.SENDING, E.NOT_SENT): S.READY,
    (S.SENDING, E.REFUSE): S.REJECTED,
    (S.SENDING, E.HOLD): S.WAITING,
    (S.SENDING, E.SIGNED_OUT): S.NEEDS_RECONNECT,
    (S.SENDING, E.LOSE): S.UNKNOWN,
    (S.WAITING, E.PREPARE_AGAIN): S.DUE,
    (S.WAITING, E.CANCEL): S.CANCELLED,
    (S.NEEDS_RECONNECT, E.PREPARE_AGAIN): S.DUE,
    (S.NEEDS_RECONNECT, E.CANCEL): S.CANCELLED,
    (S.LATE, E.GO_ON): S.DUE,
    (S.LATE, E.CANCEL): S.CANCELLED,
    (S.UNKNOWN, E.LOOK): S.RECONCILING,
    (S.RECONCILING, E.FOUND): S.PUBLISHED,
    (S.RECONCILING, E.ABSENT): S.READY,
    (S.RECONCILING, E.SPENT): S.DUE,
    (S.RECONCILING, E.UNDECIDED): S.UNKNOWN,
    (S.RECONCILING, E.ASK): S.ASK_PERSON,
    (S.ASK_PERSON, E.FOUND): S.PUBLISHED,
    # Days may have passed before the person answered.
    (S.ASK_PERSON, E.ABSENT): S.DUE,
    (S.ASK_PERSON, E.GIVE_UP): S.ABANDONED,
    (S.PUBLISHED, E.EDIT): S.EDITED,
    (S.PUBLISHED, E.DELETE): S.DELETED,
    (S.EDITED, E.EDIT): S.EDITED,
    (S.EDITED, E.DELETE): S.DELETED,
}

#: It is on the network, as far as we know.
LIVE = frozenset({S.PUBLISHED, S.EDITED})
#: Nothing more will happen by itself.
OVER = frozenset({S.PUBLISHED, S.EDITED, S.DELETED, S.REJECTED, S.CANCELLED, S.ABANDONED})
#: A request may be at the network, and nobody knows yet.
IN_DOUBT = frozenset({S.SENDING, S.UNKNOWN, S.RECONCILING, S.ASK_PERSON})
CANCELLABLE = frozenset(state for state, event in MOVES if event is E.CANCEL)


def after(state: str, event: Event) -> State:
    """The state this event leads to. Raises NoSuchMove for a move that is not listed."""
    try:
        return MOVES[State(state), event]
    except (KeyError, ValueError):
        raise NoSuchMove(f"{event} does not lead anywhere from {state}") from None
