"""The state machine of a delivery, walked at random: what must never happen cannot."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from genlyd.networks.domain.outcome import Unknown
from genlyd.sharing.domain.lifecycle import (
    CANCELLABLE,
    IN_DOUBT,
    LIVE,
    MOVES,
    OVER,
    Event,
    NoSuchMove,
    State,
    after,
)

#: Somebody has looked and it is not there.
PROOFS = {
    (State.RECONCILING, Event.ABSENT),
    (State.RECONCILING, Event.SPENT),
    (State.ASK_PERSON, Event.ABSENT),
}
#: The network, or the machine, has said that nothing was posted.
DEFINITE = {
    (State.SENDING, Event.NOT_SENT),
    (State.SENDING, Event.HOLD),
    (State.SENDING, Event.SIGNED_OUT),
    (State.SENDING, Event.REFUSE),
}
#: States from which the next call follows by itself.
ON_THE_WAY = {
    State.SCHEDULED, State.DUE, State.PREPARING, State.READY, State.WAITING, State.NEEDS_RECONNECT, State.LATE,
}  # fmt: skip


@given(state=st.sampled_from(State), event=st.sampled_from(Event))
def test_an_unlisted_move_raises(state: State, event: Event) -> None:
    if (state, event) in MOVES:
        assert after(state, event) is MOVES[state, event]
    else:
        with pytest.raises(NoSuchMove):
            after(state, event)


def test_a_state_that_does_not_exist_raises() -> None:
    with pytest.raises(NoSuchMove):
        after("posted", Event.CLAIM)


def test_every_state_can_be_reached_and_every_event_leads_somewhere() -> None:
    reached, todo = {State.SCHEDULED}, [State.SCHEDULED]
    while todo:
        here = todo.pop()
        for (start, _), end in MOVES.items():
            if start is here and end not in reached:
                reached.add(end)
                todo.append(end)
    assert reached == set(State)
    assert {event for _, event in MOVES} == set(Event)


def test_what_may_have_left_is_never_called_off_and_never_simply_sent_again() -> None:
    assert not CANCELLABLE & IN_DOUBT
    back = {
        (state, event) for (state, event), end in MOVES.items() if state in IN_DOUBT and end in ON_THE_WAY
    }
    assert back == {
        (State.SENDING, Event.NOT_SENT),
        (State.SENDING, Event.HOLD),
        (State.SENDING, Event.SIGNED_OUT),
        *PROOFS,
    }


def test_nothing_leads_from_sending_to_another_send_without_proof() -> None:
    """Walks every path from `sending`: those that come to `sending` again have passed a proof."""
    proofs = PROOFS | DEFINITE
    reached, todo = {State.SENDING}, [State.SENDING]
    while todo:
        here = todo.pop()
        for (start, event), end in MOVES.items():
            if start is not here or (start, event) in proofs or end in reached:
                continue
            reached.add(end)
            todo.append(end)
    assert State.READY not in reached
    assert not reached & ON_THE_WAY


def test_only_a_claim_leads_to_sending() -> None:
    assert {(s, e) for (s, e), end in MOVES.items() if end is State.SENDING} == {(State.READY, Event.CLAIM)}


class Walk(RuleBasedStateMachine):
    """Any sequence of events against a network that may take a post without our hearing of it.

    Only truthful answers are given. Whether the network can be read, or only the person sees the post, is drawn first.
    """

    def __init__(self) -> None:
        super().__init__()
        self.state = State.SCHEDULED
        self.unknown = Unknown.LOOK
        self.live = 0
        self.said_published = 0

    @initialize(unknown=st.sampled_from(Unknown))
    def begin(self, unknown: Unknown) -> None:
        self.unknown = unknown

    def _go(self, event: Event) -> bool:
        if (self.state, event) not in MOVES:
            return False
        self.state = after(self.state, event)
        self.said_published += event in {Event.CONFIRM, Event.FOUND}
        return True

    @rule(event=st.sampled_from([
        Event.COME_DUE, Event.PREPARE, Event.PREPARED, Event.BREAK_OFF, Event.PREPARE_AGAIN, Event.PUT_OFF, Event.GO_ON,
        Event.LOOK, Event.UNDECIDED, Event.ASK, Event.CANCEL, Event.GIVE_UP, Event.CLAIM, Event.EDIT,
    ]))  # fmt: skip
    def happen(self, event: Event) -> None:
        self._go(event)

    @precondition(lambda self: self.state is not State.SENDING)
    @rule(event=st.sampled_from([Event.HOLD, Event.REFUSE, Event.SIGNED_OUT]))
    def stop_before(self, event: Event) -> None:
        """A rule, a quota, a token: nothing was sent."""
        self._go(event)

    @precondition(lambda self: self.state is State.SENDING)
    @rule(
        arrives=st.booleans(),
        answer=st.sampled_from([Event.LOSE, Event.NOT_SENT, Event.HOLD, Event.REFUSE, Event.SIGNED_OUT]),
    )
    def call(self, arrives: bool, answer: Event) -> None:  # noqa: FBT001
        """The network may take the post without our hearing of it, and that is the whole difficulty."""
        if not arrives:
            self._go(answer)
            return
        self.live += 1
        self._go(Event.LOSE if answer is Event.LOSE else Event.CONFIRM)

    @precondition(lambda self: self.state is State.RECONCILING and self.unknown is not Unknown.ASK)
    @rule(spent=st.booleans())
    def look(self, spent: bool) -> None:  # noqa: FBT001
        self._go(Event.FOUND if self.live else Event.SPENT if spent else Event.ABSENT)

    @precondition(lambda self: self.state is State.ASK_PERSON)
    @rule()
    def person(self) -> None:
        self._go(Event.FOUND if self.live else Event.ABSENT)

    @precondition(lambda self: self.state in {State.PUBLISHED, State.EDITED})
    @rule()
    def take_down(self) -> None:
        self._go(Event.DELETE)
        self.live -= 1

    @invariant()
    def never_twice(self) -> None:
        assert self.live <= 1
        assert self.said_published <= 1

    @invariant()
    def published_means_there(self) -> None:
        if self.state in LIVE:
            assert self.live == 1
        if self.state in {State.CANCELLED, State.REJECTED, State.DELETED}:
            assert self.live == 0

    @invariant()
    def nothing_waits_to_be_sent_that_is_there(self) -> None:
        if self.state in ON_THE_WAY:
            assert self.live == 0

    @invariant()
    def over_is_over(self) -> None:
        if self.state in OVER - LIVE:
            assert not any(start is self.state for start, _ in MOVES)


TestWalk = Walk.TestCase
