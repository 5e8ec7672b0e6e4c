"""Connections that end: warned 10 days, 3 days and on the day before, once each."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from genlyd.networks.actions.warn import warn_of_endings
from genlyd.networks.domain.endings import WARNINGS, warning_due
from genlyd.notifications.models import Mail
from tests.sharing.makers import an_account
from tests.world import World

NOW = datetime(2026, 11, 23, 7, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("left", "warned", "due"),
    [
        (11.0, None, None), (10.0, None, 10), (9.5, 10, None), (3.0, 10, 3), (2.0, None, 3), (2.0, 3, None),
        (0.9, 3, 0), (0.9, 0, None), (-1.0, 3, 0), (-1.0, 0, None),
    ],
)  # fmt: skip
def test_warning_due(left: float, warned: int | None, due: int | None) -> None:
    assert warning_due(NOW + timedelta(days=left), warned=warned, now=NOW) == due


@given(start=st.floats(0, 40), steps=st.lists(st.floats(0.01, 6), max_size=40))
def test_each_warning_is_sent_at_most_once_and_the_last_always(start: float, steps: list[float]) -> None:
    ends, now, warned = NOW + timedelta(days=start), NOW, None
    sent = []
    for step in [*steps, 50]:
        now += timedelta(days=step)
        due = warning_due(ends, warned=warned, now=now)
        if due is not None:
            sent.append(due)
            warned = due
    assert sent == sorted(set(sent), reverse=True)
    assert set(sent) <= set(WARNINGS)
    assert sent[-1] == 0


def test_people_are_told_once_in_their_own_language(world: World) -> None:
    now = timezone.now()
    world.pia.user.language = "da"
    world.pia.user.save()
    account = an_account(
        world.pia, network="linkedin", handle="Pia", expires_at=now + timedelta(days=9, hours=12)
    )
    an_account(world.poul, network="linkedin", handle="Poul", expires_at=now + timedelta(days=40))
    assert warn_of_endings(now=now) == 1
    assert warn_of_endings(now=now) == 0
    mail = Mail.objects.get(kind="networks.ending")
    assert mail.subject == "Din forbindelse til LinkedIn udløber snart"
    assert "/networks/" in mail.text
    assert warn_of_endings(now=now + timedelta(days=7)) == 1
    assert warn_of_endings(now=now + timedelta(days=9)) == 1
    account.refresh_from_db()
    assert account.warned_days == 0


def test_who_has_disconnected_or_left_is_not_bothered(world: World) -> None:
    now = timezone.now()
    gone = an_account(world.pia, expires_at=now + timedelta(days=2), secret_sealed=None, disconnected_at=now)
    left = an_account(world.poul, expires_at=now + timedelta(days=2))
    left.member.left_at = now
    left.member.save()
    assert warn_of_endings(now=now) == 0
    assert gone.warned_days is None
