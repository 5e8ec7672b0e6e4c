from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from genlyd.base.errors import Refused
from genlyd.measurement import actions, figures
from genlyd.measurement.access import kpi_to_lead
from genlyd.measurement.domain.dictionary import DICTIONARY, MOST, STARTERS, suggested_target
from genlyd.measurement.forms import KpiForm
from genlyd.measurement.queries.days import day_to_read
from genlyd.measurement.queries.kpis import kpis_of
from genlyd.measurement.words import WEEKDAYS, WORDS
from genlyd.people.access import MemberRequest, lead_page
from genlyd.programmes.access import period_for
from genlyd.ui.answers import blame, tell

#: What was removed last, so that it can be brought back: {period: what restore_kpi takes}.
REMOVED = "measurement.removed"


@lead_page
@require_safe
def shown(request: MemberRequest, pk: int) -> HttpResponse:
    period = period_for(request.member, pk)
    chosen = [kpi for kpi in kpis_of(period) if kpi.key in DICTIONARY]
    keys = {kpi.key for kpi in chosen}
    removed = request.session.get(REMOVED, {}).get(str(period.pk))
    context = {
        "period": period,
        "chosen": [
            {
                "kpi": kpi,
                "words": WORDS[kpi.key],
                "target": figures.text(DICTIONARY[kpi.key], kpi.target),
                "weekday": WEEKDAYS[kpi.share_weekday],
            }
            for kpi in chosen
        ],
        "starters": [WORDS[key] for key in STARTERS[period.programme.goal_kind] if key not in keys],
        "rest": [
            {"key": key, "words": WORDS[key], "quality": definition.quality}
            for key, definition in DICTIONARY.items()
            if key not in keys
        ],
        "most": MOST,
        "full": len(chosen) >= MOST,
        "removed": WORDS[removed["key"]].name if removed and removed["key"] not in keys else None,
    }
    return render(request, "measurement/kpis.html", context)


@lead_page
@require_POST
def starters(request: MemberRequest, pk: int) -> HttpResponse:
    period = period_for(request.member, pk)
    try:
        chosen = actions.choose_starters(period=period, by=request.member)
    except Refused as refusal:
        tell(request, refusal)
    else:
        if chosen:
            _read_today(chosen[0].period_id, request)
            messages.success(request, _("Chosen. Look at the targets: they are only a beginning."))
    return redirect("measurement:kpis", period.pk)


@lead_page
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: MemberRequest, pk: int, key: str) -> HttpResponse:
    period = period_for(request.member, pk)
    if key not in DICTIONARY:
        raise Http404
    definition = DICTIONARY[key]
    seats = period.seats.filter(left_at=None).count()
    proposal = KpiForm.proposal(period, definition, suggested_target(definition, seats))
    form = KpiForm(request.POST or None, definition=definition, period=period, initial=proposal)
    if request.method == "POST" and form.is_valid():
        try:
            actions.choose_kpi(period=period, key=key, by=request.member, **form.changes())
        except Refused as refusal:
            blame(form, refusal)
        else:
            _read_today(period.pk, request)
            messages.success(request, _("“%(kpi)s” is chosen.") % {"kpi": WORDS[key].name})
            return redirect("measurement:kpis", period.pk)
    context = {"form": form, "period": period, "words": WORDS[key], "definition": definition, "kpi": None}
    return render(request, "measurement/kpi_form.html", context, status=422 if form.errors else 200)


@lead_page
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    kpi = kpi_to_lead(request.member, pk)
    definition = DICTIONARY[kpi.key]
    form = KpiForm(
        request.POST or None,
        definition=definition,
        period=kpi.period,
        initial=KpiForm.values(kpi, definition),
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_kpi(kpi=kpi, by=request.member, **form.changes())
        except Refused as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("measurement:kpis", kpi.period_id)
    context = {
        "form": form,
        "period": kpi.period,
        "words": WORDS[kpi.key],
        "definition": definition,
        "kpi": kpi,
    }
    return render(request, "measurement/kpi_form.html", context, status=422 if form.errors else 200)


@lead_page
@require_POST
def drop(request: MemberRequest, pk: int) -> HttpResponse:
    kpi = kpi_to_lead(request.member, pk)
    period_id = kpi.period_id
    try:
        kept = actions.drop_kpi(kpi=kpi, by=request.member)
    except Refused as refusal:
        tell(request, refusal)
    else:
        request.session[REMOVED] = {str(period_id): kept}
    return redirect("measurement:kpis", period_id)


@lead_page
@require_POST
def restore(request: MemberRequest, pk: int) -> HttpResponse:
    period = period_for(request.member, pk)
    kept = request.session.get(REMOVED, {}).get(str(period.pk))
    if kept:
        try:
            actions.restore_kpi(period=period, kept=kept, by=request.member)
        except Refused as refusal:
            tell(request, refusal)
        else:
            del request.session[REMOVED]
            _read_today(period.pk, request)
    return redirect("measurement:kpis", period.pk)


def _read_today(period_id: int, request: MemberRequest) -> None:
    """So that the board has a figure at once; the days before follow in the worker."""
    period = period_for(request.member, period_id)
    period.organisation = request.member.organisation
    if period.opened_at and not period.closed_at:
        actions.take_readings(period=period, day=day_to_read(period))
