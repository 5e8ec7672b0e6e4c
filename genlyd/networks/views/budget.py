"""What an administrator lets a network that charges cost in a month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from genlyd.networks import registry
from genlyd.networks.actions.budget import allow_spending
from genlyd.networks.budget import standing
from genlyd.networks.contract import Network
from genlyd.networks.forms import BudgetForm, plain
from genlyd.people.access import MemberRequest, administrator_page

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Money:
    """A month at a network, in its currency, for the page."""

    form: BudgetForm
    spent: Decimal
    #: None: nobody has allowed anything yet.
    left: Decimal | None
    currency: str
    checked_on: date | None
    source: str


def money_of(request: MemberRequest, network: Network, form: BudgetForm | None = None) -> Money | None:
    """None where a network charges nothing. Two queries."""
    if network.prices is None:
        return None
    month = standing(network, request.member.organisation_id)
    known = {} if month.monthly is None else {"monthly": plain(month.monthly)}
    return Money(
        form=form or BudgetForm(initial=known, prices=month.prices, currency=network.prices.currency),
        spent=plain(month.spent).quantize(CENT),
        left=None if month.monthly is None else plain(month.left).quantize(CENT),
        currency=network.prices.currency,
        checked_on=month.checked_on,
        source=network.prices.source,
    )


@administrator_page
@require_POST
def budget(request: MemberRequest, key: str) -> HttpResponse:
    network = registry.get(key)
    if network is None or network.prices is None:
        raise Http404
    month = standing(network, request.member.organisation_id)
    form = BudgetForm(request.POST, prices=month.prices, currency=network.prices.currency)
    if form.is_valid():
        allow_spending(
            member=request.member, network=network, monthly=form.micros("monthly"), prices=form.prices()
        )
        messages.success(request, _("Saved. Genlyd stops at this sum."))
        return redirect("networks:set_up", key=key)
    first = next(iter(form.errors.values()))[0]
    messages.error(request, _("Nothing was saved: %(why)s") % {"why": first})
    return redirect("networks:set_up", key=key)
