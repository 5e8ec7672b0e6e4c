"""Two windows of one person, at the same moment."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from genlyd.sharing.actions.change import cancel_share, edit_share
from genlyd.sharing.domain.lifecycle import OVER, State
from genlyd.sharing.models import Delivery, Share
from tests.sharing.makers import WORDS, a_delivery, a_story, an_account
from tests.world import World


@pytest.mark.django_db(transaction=True)
def test_post_called_off_while_it_is_edited_does_not_go_out(world: World) -> None:
    delivery = a_delivery(
        world.pia, a_story(world), an_account(world.pia), planned_at=timezone.now() + timedelta(days=1)
    )
    Delivery.objects.filter(pk=delivery.pk).update(state=State.REJECTED)
    edited, finish = threading.Event(), threading.Event()

    def edit() -> None:
        try:
            with transaction.atomic():
                share = Share.objects.get()
                edit_share(share=share, text=f"{WORDS} Rettet.", planned_at=share.planned_at)
                edited.set()
                finish.wait(10)
        finally:
            edited.set()
            connection.close()

    def cancel() -> None:
        try:
            cancel_share(share=Share.objects.get())
        finally:
            connection.close()

    windows = [threading.Thread(target=edit), threading.Thread(target=cancel)]
    windows[0].start()
    assert edited.wait(10)
    windows[1].start()
    windows[1].join(0.5)
    finish.set()
    for window in windows:
        window.join(10)
    assert Share.objects.get().cancelled_at
    assert Delivery.objects.count() == 2
    assert not Delivery.objects.exclude(state__in=OVER).exists()
