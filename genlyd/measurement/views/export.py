from __future__ import annotations

import csv

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from genlyd.base import clock
from genlyd.measurement.actions import freshen
from genlyd.measurement.board import board_of
from genlyd.measurement.queries.days import day_to_read
from genlyd.people.access import MemberRequest, member_page
from genlyd.programmes.access import period_for


@member_page
@require_safe
def csv_file(request: MemberRequest, pk: int) -> HttpResponse:
    """Every reading of the board's KPIs with its raw counts. Group figures only, like the board itself."""
    period = period_for(request.member, pk)
    period.organisation = request.member.organisation
    freshen(period=period, now=clock.now())
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="genlyd-{period.pk}.csv"'
    answer.write("\ufeff")  # else spreadsheets read æ, ø and å as something else
    rows = csv.writer(answer)
    rows.writerow(
        [
            _("KPI"),
            _("Day"),
            _("Value"),
            _("Numerator"),
            _("Denominator"),
            _("Quality"),
            _("Target"),
            _("Formula"),
            _("Posts it is known for"),
            _("Posts"),
        ]
    )
    for shown in board_of(period, day_to_read(period)):
        for reading in shown.readings:
            rows.writerow(
                [
                    shown.words.name, reading.day.isoformat(), _plain(reading.value), _plain(reading.numerator),
                    _plain(reading.denominator), reading.quality, _plain(shown.kpi.target), shown.words.formula,
                    _plain(reading.known), _plain(reading.total),
                ]
            )  # fmt: skip
    return answer


def _plain(value: float | None) -> str:
    """A missing value is an empty cell, not 0."""
    if value is None:
        return ""
    return str(int(value)) if value == int(value) else f"{value:.6g}"
