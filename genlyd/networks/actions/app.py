"""The organisation's own app at a network: entered, tried, switched on and off, removed."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from genlyd.base import clock
from genlyd.base.audit import note
from genlyd.base.crypto import seal
from genlyd.base.errors import Refused
from genlyd.base.facts import record
from genlyd.networks.actions.connect import disconnect
from genlyd.networks.contract import Check, Network
from genlyd.networks.credentials import secrets_of
from genlyd.networks.facts import AppSaved
from genlyd.networks.models import Account, NetworkApp
from genlyd.people.models import Member

LONGEST_PROBLEM = 300


def save_app(*, member: Member, network: Network, entered: Mapping[str, str]) -> NetworkApp:
    """`entered` holds client_id, client_secret and the fields of the network's AppSetup.

    An empty secret keeps the one that is stored. What was tried before has to be tried again.
    """
    assert network.app
    with transaction.atomic():
        app = (
            NetworkApp.objects.select_for_update()
            .filter(organisation_id=member.organisation_id, network=network.key, server="")
            .first()
        ) or NetworkApp(organisation_id=member.organisation_id, network=network.key)
        secrets = secrets_of(app)
        for key in ["client_secret", *(one.key for one in network.app.fields if one.secret)]:
            if given := entered.get(key, "").strip():
                secrets[key] = given
        if not secrets.get("client_secret"):
            raise Refused(
                _("The secret is missing."), next_step=_("Copy it from the app's page at the network."),
                field="client_secret",
            )  # fmt: skip
        app.client_id = entered["client_id"].strip()
        app.secret_sealed = seal(secrets)
        # Options that the network's own health check keeps stay.
        app.options = {
            **app.options,
            **{one.key: entered.get(one.key, "").strip() for one in network.app.fields if not one.secret},
        }
        app.checked_at, app.problem = None, ""
        app.save()
        note(member.organisation, member, "network_app.saved", network.name, network=network.key)
        record(AppSaved(organisation_id=member.organisation_id, network=network.key))
    return app


def test_app(*, member: Member, network: Network, app: NetworkApp) -> Check:
    """Ask the network whether it knows the app. What it says is kept for the status page."""
    assert network.app
    found = network.app.check(app)
    app.checked_at, app.problem = clock.now(), "" if found.ok else str(found.message)[:LONGEST_PROBLEM]
    NetworkApp.objects.filter(pk=app.pk).update(checked_at=app.checked_at, problem=app.problem)
    note(member.organisation, member, "network_app.tested", network.name, network=network.key, ok=found.ok)
    return found


def switch_app(*, member: Member, network: Network, app: NetworkApp, on: bool) -> NetworkApp:
    """Off: nobody can connect, and planned posts wait. Nothing is forgotten."""
    with transaction.atomic():
        app.enabled = on
        app.save(update_fields=["enabled"])
        verb = "network_app.switched_on" if on else "network_app.switched_off"
        note(member.organisation, member, verb, network.name, network=network.key)
        if on:
            record(AppSaved(organisation_id=member.organisation_id, network=network.key))
    return app


def remove_app(*, member: Member, network: Network, app: NetworkApp) -> None:
    """The secret is gone at once; the accounts connected through it are let go of one by one, in the background."""
    from genlyd.networks.tasks import let_go_of_accounts  # tasks import actions

    with transaction.atomic():
        NetworkApp.objects.filter(pk=app.pk).update(enabled=False)
        note(member.organisation, member, "network_app.removed", network.name, network=network.key)
        let_go_of_accounts.defer(app_id=app.pk)


def let_go(app_id: int) -> None:
    """Disconnect every account of the app's network, then forget the app. Repeatable."""
    app = NetworkApp.objects.filter(pk=app_id, enabled=False).first()
    if app is None:
        return
    open_ones = Account.objects.filter(
        organisation_id=app.organisation_id, network=app.network, disconnected_at=None
    )
    for account in open_ones.iterator(chunk_size=200):
        disconnect(account=account)
    app.delete()
