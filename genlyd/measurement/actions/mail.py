"""Mails of this area, each sent once however often its job runs."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import translation

from genlyd.base import clock
from genlyd.measurement import notices
from genlyd.measurement.charts import kpi_chart
from genlyd.measurement.models import Kpi, TeamUpdate
from genlyd.measurement.queries.days import end_of
from genlyd.measurement.queries.kpis import readings_of
from genlyd.notifications.actions import notify
from genlyd.people.models import Member
from genlyd.programmes.models import Seat

#: Mails written in one transaction.
BATCH = 200


def ask_owners() -> int:
    """Mail every owner whose weekday it is where they are. Returns how many were asked."""
    asked = 0
    due = (
        Kpi.objects.filter(
            owner__isnull=False, owner__left_at=None, period__opened_at__isnull=False, period__closed_at=None
        )
        .select_related("owner__user", "owner__organisation", "period__organisation")
        .order_by("pk")
    )
    for kpi in due.iterator():
        today = clock.today(kpi.period.organisation.time_zone)
        if today.weekday() != kpi.share_weekday or not kpi.period.starts_on <= today <= kpi.period.ends_on:
            continue
        with transaction.atomic():
            # The row that is turned is the right to ask: a second run finds it turned.
            mine = Kpi.objects.filter(pk=kpi.pk).filter(Q(asked_on=None) | Q(asked_on__lt=today))
            began = end_of(kpi.period, today - timedelta(days=1))
            told = TeamUpdate.objects.filter(kpi=kpi, at__gte=began).exists()
            if not told and mine.update(asked_on=today) and kpi.owner is not None:
                notify(kpi.owner, notices.owner_asked(kpi))
                asked += 1
    return asked


def mail_update(*, update_id: int) -> int:
    """Mail an update to everybody in the team, in batches that stand or fall with the note of how far they came."""
    sent = 0
    update = TeamUpdate.objects.select_related("kpi__period__organisation", "by").get(pk=update_id)
    pictures = _Pictures(update)
    while True:
        with transaction.atomic():
            update = (
                TeamUpdate.objects.select_for_update(of=("self",))
                .select_related("kpi__period__organisation", "by")
                .get(pk=update_id)
            )
            seats = list(
                Seat.objects.filter(
                    period=update.kpi.period_id,
                    left_at=None,
                    member__left_at=None,
                    pk__gt=update.mailed_up_to,
                )
                .select_related("member__user", "member__organisation")
                .order_by("pk")[:BATCH]
            )
            if not seats:
                if update.mailed_at is None:
                    update.mailed_at = clock.now()
                    update.save(update_fields=["mailed_at"])
                return sent
            for seat in seats:
                picture, alt = pictures.for_member(seat.member)
                sent_now = notify(seat.member, notices.figure_shared(update, picture, alt)) is not None
                sent += sent_now
                update.recipients += sent_now
            update.mailed_up_to = seats[-1].pk
            update.save(update_fields=["mailed_up_to", "recipients"])


class _Pictures:
    """The chart, drawn once per language."""

    def __init__(self, update: TeamUpdate) -> None:
        self._kpi = update.kpi
        self._readings = readings_of([update.kpi])[update.kpi_id]
        self._drawn: dict[str, tuple[bytes | None, str]] = {}

    def for_member(self, member: Member) -> tuple[bytes | None, str]:
        language = (member.user.language if member.user else "") or member.organisation.language
        if language not in self._drawn:
            with translation.override(language):
                chart = kpi_chart(self._kpi, self._readings)
                accent = member.organisation.accent
                self._drawn[language] = (
                    (chart.png(accent=accent, width=400), chart.summary) if chart else (None, "")
                )
        return self._drawn[language]
