"""The state machine of a delivery, walked at random: what must never happen cannot."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from genlyd.sharing.domain.lifecycle import (
    CANCELLABLE,
    IN_DOUBT,
    MOVES,
    OVER,
    Event,
    NoSuchMove,
    State,
    after,
)


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
        (state, event) for (state, event), end in MOVES.items() if state in IN_DOUBT and end is State.READY
    }
    assert back == {
        (State.SENDING, Event.NOT_SENT),
        (State.RECONCILING, Event.ABSENT),
        (State.ASK_PERSON, Event.ABSENT),
    }


def test_only_a_claim_leads_to_sending() -> None:
    assert {(s, e) for (s, e), end in MOVES.items() if end is State.SENDING} == {(State.READY, Event.CLAIM)}


class Walk(RuleBasedStateMachine):
    """Any sequence of events. `there` is whether the network holds the post: only truthful answers are given."""

    def __init__(self) -> None:
        super().__init__()
        self.state = State.SCHEDULED
        self.there = False
        self.posts = 0
        self.said_published = 0

    def _go(self, event: Event) -> bool:
        if (self.state, event) not in MOVES:
            return False
        self.state = after(self.state, event)
        return True

    @rule(event=st.sampled_from([
        Event.COME_DUE, Event.PREPARE, Event.PREPARED, Event.BREAK_OFF, Event.RESUME, Event.PREPARE_AGAIN,
        Event.LOOK, Event.UNDECIDED, Event.ASK, Event.CANCEL, Event.GIVE_UP, Event.CLAIM,
    ]))  # fmt: skip
    def happen(self, event: Event) -> None:
        self._go(event)

    @precondition(lambda self: self.state is State.SENDING)
    @rule(arrives=st.booleans(), answered=st.booleans())
    def call(self, arrives: bool, answered: bool) -> None:  # noqa: FBT001
        """The network may take the post without our hearing of it, and that is the whole difficulty."""
        if arrives:
            self.posts += 1
            self.there = True
        self._go(Event.LOSE if not answered else Event.CONFIRM if arrives else Event.NOT_SENT)
        self.said_published += self.state is State.PUBLISHED

    @precondition(lambda self: self.state in {State.RECONCILING, State.ASK_PERSON})
    @rule()
    def look(self) -> None:
        self._go(Event.FOUND if self.there else Event.ABSENT)
        self.said_published += self.state is State.PUBLISHED

    @invariant()
    def never_twice(self) -> None:
        assert self.posts <= 1
        assert self.said_published <= 1

    @invariant()
    def published_means_there(self) -> None:
        if self.state is State.PUBLISHED:
            assert self.there
        if self.state in {State.CANCELLED, State.REJECTED}:
            assert not self.there

    @invariant()
    def over_is_over(self) -> None:
        if self.state in OVER - {State.PUBLISHED, State.EDITED}:
            assert not any(start is self.state for start, _ in MOVES)


TestWalk = Walk.TestCase
