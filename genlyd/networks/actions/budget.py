from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from genlyd.base import clock
from genlyd.base.audit import note
from genlyd.networks.budget import set_budget, standing
from genlyd.networks.contract import Network
from genlyd.networks.models import Budget
from genlyd.people.models import Member


def allow_spending(*, member: Member, network: Network, monthly: int, prices: Mapping[str, int]) -> Budget:
    """What may be spent in a month from now on, in millionths. Other prices than the known ones were read today."""
    changed = dict(prices) != dict(standing(network, member.organisation_id).prices)
    read_on = clock.today(member.organisation.time_zone) if changed else None
    with transaction.atomic():
        budget = set_budget(
            organisation=member.organisation, network=network, monthly=monthly,
            prices=prices if changed else None, checked_on=read_on,
        )  # fmt: skip
        note(
            member.organisation, member, "network_budget.saved", network.name, network=network.key, monthly=monthly,
            prices_changed=changed,
        )  # fmt: skip
    return budget
