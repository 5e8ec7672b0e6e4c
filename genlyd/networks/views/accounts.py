"""The networks a member has connected. Only they see this page."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from genlyd.base import clock
from genlyd.networks.access import account_for, accounts_of
from genlyd.networks.actions.connect import disconnect
from genlyd.networks.contract import Network
from genlyd.networks.domain.endings import WARNINGS
from genlyd.networks.models import Account
from genlyd.networks.queries import connectable
from genlyd.networks.registry import NETWORKS, REAL
from genlyd.people.access import MemberRequest, member_page


def _state(account: Account, network: Network, open_ones: list[Network], *, soon: datetime) -> str:
    """What the person should know first: "broken", "off", "ending", or "" when all is well."""
    if network not in open_ones:
        return "off"
    if account.needs_reconnect_since:
        return "broken"
    return "ending" if account.expires_at and account.expires_at <= soon else ""


@member_page
@require_safe
def accounts(request: MemberRequest) -> HttpResponse:
    mine = list(accounts_of(request.member))
    open_ones = connectable(request.member.organisation_id)
    soon = clock.now() + timedelta(days=max(WARNINGS))
    context = {
        "accounts": [
            (account, network, _state(account, network, open_ones, soon=soon))
            for account in mine
            if (network := NETWORKS.get(account.network))
        ],
        "offered": [network for network in open_ones if network.connector],
        "by_hand": [network for network in REAL.values() if network not in open_ones],
    }
    return render(request, "networks/accounts.html", context)


@member_page
@require_POST
def leave(request: MemberRequest, pk: int) -> HttpResponse:
    account = account_for(request.member, pk)
    disconnect(account=account)
    messages.success(request, _("Disconnected. Genlyd has forgotten how to post there."))
    return redirect("networks:accounts")
