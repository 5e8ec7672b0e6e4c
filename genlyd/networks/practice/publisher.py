"""Putting a post on its author's own wall. The key of the delivery is the key of the row: twice is once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.urls import reverse

from genlyd.networks.contract import Parcel
from genlyd.networks.domain.outcome import Failed, Kind, Look, Outcome, Sight
from genlyd.networks.models import Account, PracticePost


class PracticePublisher:
    read_timeout = 5.0

    def prepare(
        self, account: Account, parcel: Parcel, done: dict[str, Any], keep: Callable[[], None]
    ) -> None:
        _open(account)
        if "record" in done:
            return
        done["key"] = str(uuid5(NAMESPACE_URL, f"{settings.URL}/practice/{account.pk}/{parcel.key}"))
        done["record"] = {"text": parcel.text, "language": parcel.language}
        keep()

    def request(self, done: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        return str(done["key"]), {"key": done["key"], **done["record"]}

    def send(self, account: Account, body: Mapping[str, Any]) -> Outcome:
        _open(account)
        PracticePost.objects.get_or_create(
            key=body["key"],
            defaults={
                "organisation_id": account.organisation_id,
                "account": account,
                "text": body["text"],
                "language": body["language"],
            },
        )
        key = str(body["key"])
        return Outcome(kind=Kind.PUBLISHED, remote_id=key, permalink=_wall())

    def look(self, account: Account, body: Mapping[str, Any], *, since: datetime, now: datetime) -> Look:  # noqa: ARG002
        key = str(body["key"])
        if PracticePost.objects.filter(account=account, key=key).exists():
            return Look(sight=Sight.FOUND, remote_id=key, permalink=_wall())
        return Look(sight=Sight.ABSENT)

    def delete(self, account: Account, remote_id: str) -> Outcome:
        PracticePost.objects.filter(account=account, key=remote_id).delete()
        return Outcome(kind=Kind.PUBLISHED)


def _open(account: Account) -> None:
    """Who has left, or taken the wall down, puts nothing up any more. Raises Failed."""
    if account.disconnected_at or not account.secret_sealed:
        raise Failed(Outcome(kind=Kind.RECONNECT, problem="reconnect", error="the wall is taken down"))


def _wall() -> str:
    return f"{settings.URL}{reverse('sharing:practice')}"
