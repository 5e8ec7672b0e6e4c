"""The networks a member has connected. Only they see this page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from genlyd.base.errors import Refused
from genlyd.networks.access import account_for, accounts_of
from genlyd.networks.actions.bluesky import connect_bluesky
from genlyd.networks.actions.connect import disconnect
from genlyd.networks.forms import BlueskyForm
from genlyd.networks.queries import connectable
from genlyd.networks.registry import NETWORKS
from genlyd.people.access import MemberRequest, member_page


@sensitive_post_parameters("app_password")
@member_page
@require_http_methods(["GET", "POST"])
def accounts(request: MemberRequest) -> HttpResponse:
    """Shows the connected accounts; POST connects a Bluesky account."""
    form = BlueskyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account = connect_bluesky(member=request.member, **form.cleaned_data)
        except Refused as refused:
            known = refused.field if refused.field in form.fields else None
            form.add_error(known, f"{refused.message} {refused.next_step}")
        else:
            messages.success(request, _("Connected: %(handle)s.") % {"handle": account.handle})
            return redirect("networks:accounts")
    mine = list(accounts_of(request.member))
    open_ones = connectable(request.member.organisation_id)
    context = {
        "accounts": [(account, NETWORKS[account.network]) for account in mine if account.network in NETWORKS],
        "offered": [network for network in open_ones if network.connector],
        "by_hand": [network for network in NETWORKS.values() if network not in open_ones],
        "form": form,
        "connects": not mine or bool(form.errors) or any(one.needs_reconnect_since for one in mine),
    }
    return render(request, "networks/accounts.html", context, status=422 if form.errors else 200)


@member_page
@require_POST
def leave(request: MemberRequest, pk: int) -> HttpResponse:
    account = account_for(request.member, pk)
    disconnect(account=account)
    messages.success(request, _("Disconnected. Genlyd has forgotten how to post there."))
    return redirect("networks:accounts")
