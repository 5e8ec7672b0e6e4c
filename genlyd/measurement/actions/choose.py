"""Choosing a period's few KPIs. The database holds five places; these fill and empty them."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from genlyd.base import audit
from genlyd.base.errors import Refused
from genlyd.measurement.domain.dictionary import DICTIONARY, MOST, STARTERS, suggested_target
from genlyd.measurement.models import Kpi, Reading
from genlyd.measurement.queries.kpis import default_owner, earlier_value
from genlyd.people.models import Member
from genlyd.programmes.models import Period


@transaction.atomic
def choose_kpi(
    *,
    period: Period,
    key: str,
    target: float,
    by: Member,
    baseline: float | None = None,
    owner: Member | None = None,
    share_weekday: int = 0,
    position: int | None = None,
) -> Kpi:
    """Refused for a closed period, a sixth KPI, or one that is chosen already."""
    period = _open_for_change(period)
    if key not in DICTIONARY:
        raise Refused(_("There is no such measure."), field="key")
    chosen = {kpi.key: kpi.position for kpi in Kpi.objects.filter(period=period)}
    if key in chosen:
        raise Refused(_("This one is chosen already."), field="key")
    free = [place for place in range(1, MOST + 1) if place not in chosen.values()]
    if not free:
        raise Refused(
            _("Five measures are enough: nobody watches more."),
            next_step=_("Remove one first."),
            field="key",
        )
    kpi = Kpi.objects.create(
        organisation_id=period.organisation_id, period=period, key=key, target=target, baseline=baseline,
        owner=owner, share_weekday=share_weekday, position=position if position in free else free[0],
    )  # fmt: skip
    audit.note(by.organisation, by, "chose measure", period.name, key=key, target=target)
    _read_history(period)
    return kpi


@transaction.atomic
def choose_starters(*, period: Period, by: Member) -> list[Kpi]:
    """The set metrics.md proposes for the goal, with targets to begin with; what is chosen already stays."""
    taken = set(Kpi.objects.filter(period=period).values_list("key", flat=True))
    room = MOST - len(taken)
    seats = period.seats.filter(left_at=None).count()
    owner = default_owner(period)
    wanted = [key for key in STARTERS[period.programme.goal_kind] if key not in taken][:room]
    return [
        choose_kpi(
            period=period, key=key, target=suggested_target(DICTIONARY[key], seats), owner=owner,
            baseline=earlier_value(period, key), by=by,
        )
        for key in wanted
    ]  # fmt: skip


@transaction.atomic
def change_kpi(*, kpi: Kpi, by: Member, **changes: Any) -> Kpi:
    """Target, baseline, owner or weekday. A changed target is noted: the finish line should not wander unseen."""
    _open_for_change(kpi.period)
    before = {name: getattr(kpi, name) for name in changes}
    for name, value in changes.items():
        setattr(kpi, name, value)
    kpi.save(update_fields=list(changes))
    if before.get("target") != kpi.target:
        audit.note(by.organisation, by, "changed target", kpi.key, was=before.get("target"), now=kpi.target)
    return kpi


@transaction.atomic
def drop_kpi(*, kpi: Kpi, by: Member) -> dict[str, Any]:
    """Remove it with its readings, which can be read again. Returns what `restore_kpi` needs."""
    _open_for_change(kpi.period)
    kept = {
        "key": kpi.key, "target": kpi.target, "baseline": kpi.baseline, "owner": kpi.owner_id,
        "share_weekday": kpi.share_weekday, "position": kpi.position,
    }  # fmt: skip
    if kpi.updates.exists():
        raise Refused(
            _("This measure has been shared with the team and stays in the record."),
            next_step=_("Change its target instead."),
        )
    Reading.objects.filter(organisation_id=kpi.organisation_id, kpi_id=kpi.pk).delete()
    audit.note(by.organisation, by, "dropped measure", kpi.period.name, key=kpi.key)
    kpi.delete()
    return kept


def restore_kpi(*, period: Period, kept: dict[str, Any], by: Member) -> Kpi:
    """Undo of `drop_kpi`."""
    owner = Member.objects.filter(pk=kept["owner"], organisation_id=period.organisation_id).first()
    return choose_kpi(period=period, by=by, **{**kept, "owner": owner})


def _open_for_change(period: Period) -> Period:
    locked = (
        Period.objects.select_for_update(of=("self",))
        .select_related("organisation", "programme")
        .get(pk=period.pk)
    )
    if locked.closed_at:
        raise Refused(
            _("This period is closed and stays as it was."), next_step=_("Change the next one instead.")
        )
    return locked


def _read_history(period: Period) -> None:
    from genlyd.measurement.tasks import defer_history  # the task calls these actions

    defer_history(period.pk)
