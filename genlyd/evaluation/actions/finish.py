"""The end of a period, and the beginning of the next one."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from genlyd.base import audit, clock
from genlyd.base.errors import Refused
from genlyd.evaluation.models import Decision, Review
from genlyd.evaluation.words import CARRIED
from genlyd.measurement.actions import freshen
from genlyd.measurement.models import Kpi
from genlyd.measurement.queries.kpis import latest
from genlyd.people.models import Member
from genlyd.plan.actions import add_line
from genlyd.programmes.actions import close_period, draft_next_period
from genlyd.programmes.models import Duty, Owner, Period

#: Days into the next period by which something is to be made of each decision.
FIRST_WEEK = {
    Decision.Verb.STOP: 0,
    Decision.Verb.KEEP: 6,
    Decision.Verb.CHANGE: 6,
    Decision.Verb.TEST: 13,
}


@transaction.atomic
def finish_review(*, review: Review, by: Member) -> Review:
    """Takes the last readings, finishes the review and closes the period. Refused without a decision."""
    locked = (
        Review.objects.select_for_update(of=("self",))
        .select_related("period__organisation")
        .get(pk=review.pk)
    )
    if locked.finished_at:
        return locked
    if not locked.decisions.exists():
        raise Refused(
            _("Nothing has been decided yet."),
            next_step=_("Keep, stop, change or test again: one decision is enough."),
        )
    now = clock.now()
    freshen(period=locked.period, now=now)
    locked.finished_at = now
    locked.save(update_fields=["finished_at"])
    close_period(locked.period, by=by, review_finished=True)
    audit.note(by.organisation, by, "finished review", locked.period.name)
    return locked


@transaction.atomic
def make_next_period(*, review: Review, name: str, by: Member) -> Period:
    """Draft what comes after: dates, goal, team and owners; KPIs with what was reached as baseline; decisions as plan
    lines. All of it or nothing, and only once: asked again it returns the period it made.
    """
    locked = (
        Review.objects.select_for_update(of=("self",)).select_related("period__programme").get(pk=review.pk)
    )
    if not locked.finished_at:
        raise Refused(
            _("The review is not finished."), next_step=_("Finish it first: it closes this period.")
        )
    made = Period.objects.filter(previous=locked.period_id).first()
    if made is not None and not locked.decisions.filter(carried_to=None).exists():
        return made
    later = draft_next_period(locked.period, name=name, by=by)
    _carry_kpis(locked.period, later)
    _carry_decisions(locked, later, by)
    audit.note(by.organisation, by, "made next period", later.name, after=locked.period.name)
    return later


def _carry_kpis(earlier: Period, later: Period) -> None:
    taken = set(Kpi.objects.filter(period=later).values_list("key", "position"))
    keys, positions = {key for key, _place in taken}, {place for _key, place in taken}
    for kpi in Kpi.objects.filter(period=earlier).select_related("owner"):
        if kpi.key in keys or kpi.position in positions:
            continue
        reached = latest(kpi)
        Kpi.objects.create(
            organisation_id=later.organisation_id, period=later, key=kpi.key, position=kpi.position,
            target=kpi.target, baseline=reached.value if reached else None,
            owner=kpi.owner if kpi.owner and not kpi.owner.left_at else None, share_weekday=kpi.share_weekday,
        )  # fmt: skip


def _carry_decisions(review: Review, later: Period, by: Member) -> None:
    owner = Owner.objects.filter(period=later, duty=Duty.CONTENT).select_related("member").first()
    with translation.override(by.organisation.language):
        for decision in review.decisions.filter(carried_to=None):
            due_on = later.starts_on + timedelta(days=FIRST_WEEK[Decision.Verb(decision.verb)])
            add_line(
                later,
                title=(CARRIED[decision.verb] % {"subject": decision.subject})[:200],
                note=decision.note,
                due_on=min(due_on, later.ends_on),
                responsible=owner.member if owner else None,
                by=by,
            )
            decision.carried_to = later
            decision.save(update_fields=["carried_to"])
