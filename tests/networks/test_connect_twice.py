"""Two windows that come back from the network at the same moment."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from genlyd.networks.actions.connect import remember
from genlyd.networks.contract import Connected, SignIn, Tokens
from genlyd.networks.models import Account
from genlyd.people.models import Member
from tests.world import build_world


@pytest.mark.django_db(transaction=True)
def test_two_ways_back_at_once_are_one_account() -> None:
    pia = build_world().pia
    found = Connected(remote_id="7", handle="pia", tokens=Tokens(access="one"))
    ended: list[str] = []

    def come_back() -> None:
        try:
            remember(member=pia, network="linkedin", found=found, sign_in=SignIn.OAUTH)
            ended.append("connected")
        except Exception as error:  # noqa: BLE001  whatever it is, the person would have seen it
            ended.append(repr(error))
        finally:
            connection.close()

    windows = [threading.Thread(target=come_back) for _ in range(4)]
    # All of them are on their way before the first may look whether the account is there.
    with transaction.atomic():
        Member.objects.select_for_update().get(pk=pia.pk)
        for window in windows:
            window.start()
        windows[0].join(0.2)
        assert not ended
    for window in windows:
        window.join(20)
    assert ended == ["connected"] * 4
    assert Account.objects.count() == 1
