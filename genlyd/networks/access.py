from __future__ import annotations

from django.db.models import QuerySet

from genlyd.base.tenancy import one_or_404
from genlyd.networks.models import Account, NetworkApp
from genlyd.people.models import Member


def accounts_of(member: Member) -> QuerySet[Account]:
    """The member's connected accounts. Nobody else's, whoever asks. Their practice wall is none."""
    rows = Account.objects.filter(
        member=member, organisation_id=member.organisation_id, disconnected_at=None
    ).exclude(network="practice")
    return rows.order_by("network", "handle")


def account_for(member: Member, pk: int) -> Account:
    return one_or_404(accounts_of(member), pk=pk)


def app_for(member: Member, network: str) -> NetworkApp | None:
    """The organisation's own app at a network, switched on or not. For administrators' pages only."""
    return NetworkApp.objects.filter(
        organisation_id=member.organisation_id, network=network, server=""
    ).first()
