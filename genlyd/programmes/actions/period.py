"""A period from draft to closed. These are the only doors of its state."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from genlyd.base import audit, clock
from genlyd.base.errors import Refused
from genlyd.base.facts import record
from genlyd.people.models import Member
from genlyd.programmes.facts import PeriodClosed, PeriodOpened
from genlyd.programmes.models import FocusArea, Period, Programme, SubGoal


@transaction.atomic
def draft_period(
    programme: Programme,
    *,
    name: str,
    starts_on: date,
    ends_on: date,
    goal: str = "",
    sub_goals: Sequence[str] = (),
    focus_areas: Sequence[str] = (),
    previous: Period | None = None,
    by: Member,
) -> Period:
    period = Period(organisation_id=programme.organisation_id, programme=programme, previous=previous)
    _fill(period, name, starts_on, ends_on, goal)
    _keep_sub_goals(period, sub_goals)
    _keep_focus_areas(period, focus_areas)
    audit.note(by.organisation, by, "drafted period", period.name, programme=programme.name)
    return period


@transaction.atomic
def change_period(
    period: Period,
    *,
    name: str,
    starts_on: date,
    ends_on: date,
    goal: str = "",
    sub_goals: Sequence[str] = (),
    focus_areas: Sequence[str] = (),
    by: Member,
) -> Period:
    """Refused for a closed period: its review stands on what it was."""
    if period.closed_at:
        raise Refused(
            _("This period is closed: it stays as it was."), next_step=_("Change the next one instead.")
        )
    _fill(period, name, starts_on, ends_on, goal)
    _keep_sub_goals(period, sub_goals)
    _keep_focus_areas(period, focus_areas)
    audit.note(by.organisation, by, "changed period", period.name)
    return period


@transaction.atomic
def open_period(period: Period, *, by: Member) -> Period:
    """Refused without a goal or a team, when it is already over, or while another one of the programme is open."""
    period = Period.objects.select_for_update().select_related("organisation").get(pk=period.pk)
    if period.opened_at:
        return period
    if not period.goal:
        raise Refused(
            _("Say what this period should achieve first."), next_step=_("Write its goal in a sentence.")
        )
    if not period.seats.filter(left_at=None).exists():
        raise Refused(_("Nobody is in the team yet."), next_step=_("Ask at least one person to take part."))
    if period.ends_on < clock.today(period.organisation.time_zone):
        raise Refused(_("The period's last day has passed."), next_step=_("Give it new dates."))
    period.opened_at, period.opened_by = clock.now(), by
    try:
        with transaction.atomic():
            period.save(update_fields=["opened_at", "opened_by"])
    except IntegrityError as error:
        raise Refused(
            _("Another period of this programme is still open."), next_step=_("Finish its review first.")
        ) from error
    audit.note(by.organisation, by, "opened period", period.name)
    record(PeriodOpened(period_id=period.pk))
    return period


@transaction.atomic
def close_period(period: Period, *, by: Member, review_finished: bool) -> Period:
    """A period closes only with a review. The evaluation, which knows the review, says whether it is finished."""
    period = Period.objects.select_for_update().get(pk=period.pk)
    if period.closed_at:
        return period
    if not period.opened_at:
        raise Refused(_("A draft cannot be closed."), next_step=_("Delete it instead."))
    if not review_finished:
        raise Refused(
            _("A period closes with a review."), next_step=_("Finish the review, then close the period.")
        )
    period.closed_at = clock.now()
    period.save(update_fields=["closed_at"])
    audit.note(by.organisation, by, "closed period", period.name)
    record(PeriodClosed(period_id=period.pk))
    return period


@transaction.atomic
def delete_draft(period: Period, *, by: Member) -> None:
    if period.opened_at:
        raise Refused(
            _("Only a draft can be deleted."), next_step=_("Close the period with a review instead.")
        )
    name = period.name
    period.delete()
    audit.note(by.organisation, by, "deleted draft period", name)


def _fill(period: Period, name: str, starts_on: date, ends_on: date, goal: str) -> None:
    if ends_on < starts_on:
        raise Refused(_("The last day is before the first."), field="ends_on")
    period.name, period.goal = name.strip(), goal.strip()
    period.starts_on, period.ends_on = starts_on, ends_on
    try:
        with transaction.atomic():
            period.save()
    except IntegrityError as error:
        raise Refused(_("The programme already has a period of that name."), field="name") from error


def _keep_sub_goals(period: Period, texts: Sequence[str]) -> None:
    period.sub_goals.all().delete()
    SubGoal.objects.bulk_create(
        SubGoal(period=period, text=text, position=position)
        for position, text in enumerate(dict.fromkeys(texts))
    )


def _keep_focus_areas(period: Period, names: Sequence[str]) -> None:
    # Kept ones keep their row: stories and plan lines point at it.
    wanted = list(dict.fromkeys(names))
    period.focus_areas.exclude(name__in=wanted).delete()
    known = set(period.focus_areas.values_list("name", flat=True))
    FocusArea.objects.bulk_create(FocusArea(period=period, name=name) for name in wanted if name not in known)
