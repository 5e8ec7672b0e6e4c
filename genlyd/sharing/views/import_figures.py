"""My figures from LinkedIn: bring a file, look at what it says of my posts, take it in, take it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from genlyd.base.errors import Refused
from genlyd.networks.domain.figures import Metric
from genlyd.networks.linkedin.domain.exports import MOST_BYTES
from genlyd.people.access import MemberRequest, member_page
from genlyd.sharing.access import figure_import_for, figure_imports_of, shares_of
from genlyd.sharing.actions import import_figures as actions
from genlyd.sharing.domain.matching import SURE
from genlyd.sharing.figures import counted
from genlyd.sharing.forms import FileForm
from genlyd.sharing.models import FigureImport, Share
from genlyd.sharing.words_import import HOWS, KINDS
from genlyd.ui.charts.words import number

#: Of earlier files so many are shown.
SHOWN = 5


@dataclass(frozen=True)
class Row:
    """One matched post as the preview shows it."""

    share: Share
    how: str | Promise
    is_sure: bool
    at: Any
    figures: list[tuple[str, str]]
    is_partial: bool
    #: Taking the row in says that the post is there.
    confirms: bool


@member_page
@require_http_methods(["GET", "POST"])
def upload(request: MemberRequest) -> HttpResponse:
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            # One byte more than allowed tells that there is more, without reading all of it.
            content = form.cleaned_data["file"].read(MOST_BYTES + 1)
            imported = actions.upload(member=request.member, content=content)
        except Refused as refused:
            form.add_error("file", f"{refused.message} {refused.next_step}")
        else:
            return redirect("sharing:import_preview", pk=imported.pk)
    earlier = figure_imports_of(request.member).exclude(confirmed_at=None).order_by("-uploaded_at")[:SHOWN]
    context = {"form": form, "earlier": [(one, KINDS.get(one.kind, "")) for one in earlier]}
    return render(request, "sharing/import.html", context, status=422 if form.errors else 200)


@member_page
@require_safe
def preview(request: MemberRequest, pk: int) -> HttpResponse:
    """Before: which rows are which posts. After: what was taken in, and the way back."""
    imported = figure_import_for(request.member, pk)
    title, lead = _head(imported)
    context = {
        "imported": imported, "kind": KINDS.get(imported.kind, ""), "rows": _rows(request, imported),
        "title": title, "lead": lead,
    }  # fmt: skip
    return render(request, "sharing/import_preview.html", context)


def _head(imported: FigureImport) -> tuple[str, str]:
    if not imported.confirmed_at:
        return _("Are these your posts?"), _("Nothing is taken in yet.")
    if imported.undone_at:
        return _("Taken back"), _("Everything is as it was before this file.")
    taken = len((imported.changes or {}).get("noted", []))
    lead = ngettext(
        "%(count)d figure from your file stands with your posts.",
        "%(count)d figures from your file stand with your posts.",
        taken,
    )
    return _("Taken in"), lead % {"count": taken}


def _rows(request: MemberRequest, imported: FigureImport) -> list[Row]:
    ids = [row["share"] for row in imported.rows]
    shares = {
        share.pk: share for share in shares_of(request.member).select_related("story").filter(pk__in=ids)
    }
    return [
        Row(
            share=shares[row["share"]],
            how=HOWS.get(row["how"], ""),
            is_sure=row["how"] in SURE,
            at=parse_datetime(row["at"]) if row["at"] else None,
            figures=[
                (number(value), counted(Metric(metric), value)) for metric, value in row["figures"].items()
            ],
            is_partial=row["partial"],
            confirms=shares[row["share"]].confirmed_at is None,
        )
        for row in imported.rows
        if row["share"] in shares
    ]


@member_page
@require_POST
def confirm(request: MemberRequest, pk: int) -> HttpResponse:
    imported = figure_import_for(request.member, pk)
    chosen = {int(value) for value in request.POST.getlist("share") if value.isdecimal() and len(value) < 19}  # noqa: PLR2004
    if not chosen:
        messages.error(request, _("Nothing was chosen. Tick the posts whose figures you want to take in."))
        return redirect("sharing:import_preview", pk=pk)
    try:
        imported = actions.confirm(imported=imported, chosen=chosen)
    except Refused as refused:
        messages.error(request, f"{refused.message} {refused.next_step}")
    else:
        count = len((imported.changes or {}).get("noted", []))
        messages.success(
            request,
            ngettext("%(count)d figure taken in.", "%(count)d figures taken in.", count) % {"count": count},
        )
    return redirect("sharing:import_preview", pk=pk)


@member_page
@require_POST
def undo(request: MemberRequest, pk: int) -> HttpResponse:
    imported = figure_import_for(request.member, pk)
    try:
        actions.undo(imported=imported)
    except Refused as refused:
        messages.error(request, f"{refused.message} {refused.next_step}")
    else:
        messages.success(request, _("Taken back. Everything is as it was before."))
    return redirect("sharing:import")


@member_page
@require_POST
def discard(request: MemberRequest, pk: int) -> HttpResponse:
    imported = figure_import_for(request.member, pk)
    actions.discard(imported=imported)
    messages.success(request, _("Thrown away. Nothing was taken in."))
    return redirect("sharing:import")
