"""An organisation's own domains for its links; and what a web server asks before it gets a certificate for one."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from genlyd.base import clock
from genlyd.base.errors import Refused
from genlyd.links import dns
from genlyd.links.access import domain_for, domains_of
from genlyd.links.actions import domains as actions
from genlyd.links.domain.hosts import PROOF_NAME, PROOF_WORD, shown
from genlyd.links.models import Domain
from genlyd.links.queries import live_links
from genlyd.links.words import dns_problem
from genlyd.people.access import MemberRequest, administrator_page, public_page


class DomainForm(forms.Form):
    host = forms.CharField(
        label=gettext_lazy("Domain"), max_length=300,
        help_text=gettext_lazy(
            "A short name below one that is yours, with nothing else at it, e.g. go.your-company.com."
        ),
    )  # fmt: skip


class RemoveForm(forms.Form):
    move = forms.BooleanField(label=gettext_lazy("I know that these addresses stop working"))


@administrator_page
@require_http_methods(["GET", "POST"])
def domains(request: MemberRequest) -> HttpResponse:
    """The domains that were brought, and a form for another one. There are never more than twenty."""
    form = DomainForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.add_domain(by=request.member, typed=form.cleaned_data["host"])
        except Refused as refused:
            form.add_error("host", f"{refused.message} {refused.next_step}")
        else:
            return redirect("links:domain", pk=added.pk)
    rows = [(domain, shown(domain.host)) for domain in domains_of(request.member)]
    context = {"form": form, "rows": rows, "link_host": dns.link_host()}
    return render(request, "links/domains.html", context, status=422 if form.errors else 200)


@administrator_page
@require_safe
def domain(request: MemberRequest, pk: int) -> HttpResponse:
    """The records to make, how they stand, and what one can do."""
    here = domain_for(request.member, pk)
    name = shown(here.host)
    context = {
        "domain": here,
        "name": name,
        "remove_form": RemoveForm(),
        "problem": dns_problem(here.problem) if here.checked_at else "",
        "records": [
            ("CNAME", here.host, dns.link_host()),
            ("TXT", f"{PROOF_NAME}.{here.host}", f"{PROOF_WORD}{here.proof}"),
        ],
        "live": live_links(clock.now()).filter(domain=here).count(),
    }
    return render(request, "links/domain.html", context)


@administrator_page
@require_POST
def check(request: MemberRequest, pk: int) -> HttpResponse:
    here = domain_for(request.member, pk)
    known = here.proved_at
    try:
        actions.check_domain(domain=here, now=clock.now())
    except Refused as refused:
        messages.error(request, f"{refused.message} {refused.next_step}")
    else:
        if here.proved_at and not known:
            messages.success(request, _("The domain is yours. Links can use it."))
    return redirect("links:domain", pk=pk)


@administrator_page
@require_POST
def prefer(request: MemberRequest, pk: int) -> HttpResponse:
    here = domain_for(request.member, pk)
    try:
        actions.prefer_domain(
            by=request.member, domain=here, preferred=request.POST.get("preferred") == "yes"
        )
    except Refused as refused:
        messages.error(request, f"{refused.message} {refused.next_step}")
    else:
        said = _("New links begin with %(host)s.") % {
            "host": shown(here.host) if here.preferred else dns.link_host()
        }
        messages.success(request, said)
    return redirect("links:domain", pk=pk)


@administrator_page
@require_POST
def remove(request: MemberRequest, pk: int) -> HttpResponse:
    here = domain_for(request.member, pk)
    try:
        actions.remove_domain(by=request.member, domain=here, move="move" in request.POST, now=clock.now())
    except Refused as refused:
        messages.error(request, f"{refused.message} {refused.next_step}")
        return redirect("links:domain", pk=pk)
    messages.success(request, _("%(host)s is removed.") % {"host": shown(here.host)})
    return redirect("links:domains")


@public_page
@require_safe
def may_have_certificate(request: HttpRequest) -> HttpResponse:
    """For a web server's on-demand certificates: 200 for a proved domain, 404 for any other name. Nothing more."""
    host = request.GET.get("domain", "").lower()[:253].replace("\x00", "")
    known = bool(host) and Domain.objects.filter(host=host).exclude(proved_at=None).exists()
    return HttpResponse(status=200 if known else 404, content_type="text/plain")
