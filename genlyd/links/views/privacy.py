"""What of a link's visitors is stored and what is not, and the two wishes an organisation has a say in."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from genlyd.links.actions import change_privacy
from genlyd.links.privacy import local_files, wishes_of
from genlyd.people.access import MemberRequest, administrator_page


class PrivacyForm(forms.Form):
    respect_signals = forms.BooleanField(
        label=gettext_lazy("Respect browsers that ask not to be tracked"), required=False,
        help_text=gettext_lazy(
            "Do Not Track and Global Privacy Control. Such a visit is counted, but never recognised again, not even the"
            " same day."
        ),
    )  # fmt: skip
    countries = forms.BooleanField(
        label=gettext_lazy("Count clicks per country"), required=False,
        help_text=gettext_lazy("Two letters, such as DK, looked up on your own machine. No town, no position."),
    )  # fmt: skip


@administrator_page
@require_http_methods(["GET", "POST"])
def privacy(request: MemberRequest) -> HttpResponse:
    wishes = wishes_of(request.member.organisation)
    form = PrivacyForm(
        request.POST if request.method == "POST" else None,
        initial={"respect_signals": wishes.respect_signals, "countries": wishes.countries},
    )
    if request.method == "POST" and form.is_valid():
        change_privacy(by=request.member, **form.cleaned_data)
        messages.success(request, _("Saved. It holds for every click from now on."))
        return redirect("links:privacy")
    country_file, datacentre_file = local_files()
    context = {
        "form": form, "country_file": country_file, "datacentre_file": datacentre_file,
        "kept_months": settings.CLICKS_KEPT_MONTHS,
    }  # fmt: skip
    return render(request, "links/privacy.html", context)
