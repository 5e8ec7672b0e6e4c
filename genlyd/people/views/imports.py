from __future__ import annotations

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from genlyd.base.errors import Refused
from genlyd.people import import_words
from genlyd.people.access import MemberRequest, administrator_page, import_for
from genlyd.people.actions import imports
from genlyd.people.domain import people_csv
from genlyd.people.forms import UploadForm
from genlyd.people.models import RoleKind
from genlyd.people.queries import members_of
from genlyd.people.views.members import csv_answer, header
from genlyd.people.views.refusing import into, tell

#: The preview shows so many of each; the counts are of all.
SHOWN = 50


@administrator_page
def upload(request: MemberRequest) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file: UploadedFile = form.cleaned_data["file"]
        try:
            # One byte more than allowed tells that there is more, without reading all of it.
            content = file.read(people_csv.MOST_BYTES + 1)
            imported = imports.upload(
                organisation=request.member.organisation, file_name=file.name or "", content=content,
                by=request.member,
            )  # fmt: skip
        except Refused as refusal:
            into(form, refusal)
        else:
            return redirect("people:import_preview", pk=imported.pk)
    return render(request, "people/import.html", {"form": form})


@require_safe
@administrator_page
def preview(request: MemberRequest, pk: int) -> HttpResponse:
    """Before: what importing would do. After: what it did, and whom to invite."""
    imported = import_for(request.member, pk)
    if imported.confirmed_at and not imported.finished_at:
        return render(request, "people/import_running.html", {"imported": imported})
    if imported.finished_at:
        waiting = members_of(request.member, state="new").count()
        return render(request, "people/import_done.html", {"imported": imported, "waiting": waiting})
    plan = imports.plan_of(imported)
    context = {
        "imported": imported,
        "plan": plan,
        "counts": {
            "new": len(plan.new), "changed": len(plan.changed), "unchanged": len(plan.unchanged),
            "faults": len(plan.faults), "write": len(plan.new) + len(plan.changed),
        },
        "new": plan.new[:SHOWN],
        "changed": [
            (
                change.row.line,
                change.known.person.name,
                [
                    (import_words.FIELD_NAMES[name], import_words.change_value(name, before),
                     import_words.change_value(name, after))
                    for name, (before, after) in change.fields.items()
                ],
            )
            for change in plan.changed[:SHOWN]
        ],
        "faults": [(fault.line, import_words.fault(fault), "\N{NO-BREAK SPACE}· ".join(filter(None, fault.cells))[:120])
                   for fault in plan.faults[:SHOWN]],
        "shown": SHOWN,
    }  # fmt: skip
    return render(request, "people/import_preview.html", context)


@require_POST
@administrator_page
def confirm(request: MemberRequest, pk: int) -> HttpResponse:
    imported = import_for(request.member, pk)
    try:
        imports.confirm(imported=imported, by=request.member)
    except Refused as refusal:
        tell(request, refusal)
    return redirect("people:import_preview", pk=pk)


@require_safe
@administrator_page
def faults(request: MemberRequest, pk: int) -> HttpResponse:
    """The rows that cannot be imported, as they came, with line and reason: mend, and upload this very file."""
    imported = import_for(request.member, pk)
    sheet = people_csv.read(bytes(imported.content))
    plan = imports.plan_of(imported)
    width = len(sheet.header)
    rows = (
        [
            *(fault.cells[:width] + ("",) * (width - len(fault.cells))),
            str(fault.line),
            import_words.fault(fault),
        ]
        for fault in plan.faults
    )
    content = people_csv.write([*sheet.header, _("Line"), _("What is wrong")], rows)
    return csv_answer(content, "genlyd-rows-to-mend.csv")


@require_safe
@administrator_page
def template(_request: MemberRequest) -> HttpResponse:
    """An empty list to fill in, with two lines that show how."""
    rows = [
        ("Ida Lund", "ida.lund@example.dk", "Sygeplejerske", "Drift > Nat", "Aarhus", str(RoleKind.PARTICIPANT.label)),
        ("Søren Holm", "soren.holm@example.dk", "Kommunikationschef", "Kommunikation", "Odense",
         str(RoleKind.LEAD.label)),
    ]  # fmt: skip
    return csv_answer(people_csv.write(header(), rows), "genlyd-template.csv")


@require_POST
@administrator_page
def discard(request: MemberRequest, pk: int) -> HttpResponse:
    imported = import_for(request.member, pk)
    if not imported.confirmed_at:
        imported.delete()
        messages.success(request, _("The file is thrown away. Nothing was imported."))
    return redirect("people:import")
