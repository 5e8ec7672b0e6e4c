"""Pages behind links that are gone or do not answer, and leading all their links elsewhere at once."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from genlyd.base import clock
from genlyd.base.errors import Refused
from genlyd.links.access import target_for, targets_in_trouble
from genlyd.links.actions.targets import lead_elsewhere
from genlyd.links.queries import leading_to, live_links
from genlyd.people.access import MemberRequest, editor_page

PAGES_A_PAGE = 30


class ElsewhereForm(forms.Form):
    target = forms.URLField(
        label=gettext_lazy("Where they lead instead"), max_length=2000, assume_scheme="https",
        help_text=gettext_lazy("Posted and printed links keep their addresses; they lead there at once."),
    )  # fmt: skip


@editor_page
@require_safe
def troubled(request: MemberRequest) -> HttpResponse:
    page = Paginator(targets_in_trouble(request.member), PAGES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "links/targets.html", {"page": page})


@editor_page
@require_http_methods(["GET", "POST"])
def target(request: MemberRequest, pk: int) -> HttpResponse:
    behind = target_for(request.member, pk)
    form = ElsewhereForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            moved = lead_elsewhere(
                by=request.member, target=behind, to=form.cleaned_data["target"], now=clock.now()
            )
        except Refused as refused:
            form.add_error("target", f"{refused.message} {refused.next_step}")
        else:
            said = ngettext("%(n)s link leads there now.", "%(n)s links lead there now.", moved) % {
                "n": moved
            }
            messages.success(request, said)
            return redirect("links:targets")
    live = leading_to(live_links(clock.now()), behind.organisation_id, behind.url).count()
    context = {"target": behind, "form": form, "live": live}
    return render(request, "links/target.html", context, status=422 if form.errors else 200)
