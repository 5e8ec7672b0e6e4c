from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from genlyd.base.errors import Refused
from genlyd.people.access import MemberRequest, administrator_page
from genlyd.people.actions import joining
from genlyd.people.actions.organisation import change_organisation
from genlyd.people.forms import OrganisationForm
from genlyd.people.views.refusing import into, tell
from genlyd.ui.domain.colour import DARK, LIGHT, accent_for, parse


@administrator_page
def organisation(request: MemberRequest) -> HttpResponse:
    house = request.member.organisation
    initial = {
        "organisation": house.name, "language": house.language, "time_zone": house.time_zone,
        "email_domains": house.email_domains, "accent": house.accent, "website": house.website,
    }  # fmt: skip
    form = OrganisationForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        said["name"] = said.pop("organisation")
        try:
            change_organisation(organisation=house, by=request.member, **said)
        except Refused as refusal:
            into(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("people:organisation")
    link = joining.open_link(house)
    context = {
        "form": form,
        "link": link,
        "link_address": joining.address_of(link) if link else "",
        "swatches": swatches(str(form["accent"].value() or "")),
    }
    return render(request, "people/organisation.html", context)


def swatches(colour: str) -> dict[str, str]:
    """The colour as it will be used in light and in dark: SVG fills, since the page allows no inline style."""
    try:
        wanted = parse(colour)
    except ValueError:
        return {}
    light, dark = accent_for(wanted, LIGHT), accent_for(wanted, DARK)
    return {
        "wanted": wanted,
        "paper": LIGHT.paper.hex,
        "paper_dark": DARK.paper.hex,
        "light": light.fill,
        "light_ink": light.ink,
        "dark": dark.fill,
        "dark_ink": dark.ink,
        "corrected": "" if light.fill == dark.fill == wanted else "yes",
    }


@require_safe
@administrator_page
def colour(request: MemberRequest) -> HttpResponse:
    """The preview beside the colour field, while one types."""
    return render(
        request, "people/parts/swatches.html", {"swatches": swatches(request.GET.get("accent", ""))}
    )


@require_POST
@administrator_page
def open_join_link(request: MemberRequest) -> HttpResponse:
    try:
        joining.open_join_link(organisation=request.member.organisation, by=request.member)
    except Refused as refusal:
        tell(request, refusal)
    else:
        messages.success(request, _("The link is ready: copy it and send it to your colleagues."))
    return redirect("people:organisation")


@require_POST
@administrator_page
def close_join_link(request: MemberRequest) -> HttpResponse:
    joining.close_join_link(organisation=request.member.organisation, by=request.member)
    messages.success(request, _("The link is closed."))
    return redirect("people:organisation")
