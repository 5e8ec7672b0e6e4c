"""Connecting an account, and letting go of it: the same for every network."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from django.db import transaction
from django.utils.translation import gettext as _

from genlyd.base import clock
from genlyd.base.errors import Refused
from genlyd.base.facts import record
from genlyd.networks import tokens
from genlyd.networks.contract import Begun, Connected, Network, SignIn
from genlyd.networks.domain.outcome import Failed
from genlyd.networks.facts import AccountConnected
from genlyd.networks.models import Account
from genlyd.people.models import Member

#: What `Account` holds of an id or a name.
LONGEST_NAME = 200
#: More than there are people: what a server says is not believed beyond.
MOST_FOLLOWERS = 2_000_000_000


def begin(*, member: Member, network: Network, asked: str, redirect_uri: str) -> Begun:
    """Start a sign-in at the network's own page. Raises Refused."""
    assert network.connector
    return network.connector.begin(organisation=member.organisation, asked=asked, redirect_uri=redirect_uri)


def finish(
    *, member: Member, network: Network, keep: dict[str, object], answer: Mapping[str, str], redirect_uri: str
) -> Account:
    """The person is back. Raises Refused, also when they said no: nothing is connected then."""
    assert network.connector
    if answer.get("error"):
        if answer["error"] in {"access_denied", "user_cancelled_login", "user_cancelled_authorize"}:
            raise Refused(
                _("You said no, so nothing was connected."),
                next_step=_("You can share by hand all the same."),
            )
        raise Refused(
            _("%(network)s did not let us in.") % {"network": network.name},
            next_step=_("Try again. If it happens twice, tell your administrator."),
        )
    found = network.connector.finish(
        organisation=member.organisation, keep=dict(keep), answer=answer, redirect_uri=redirect_uri
    )
    return remember(member=member, network=network.key, found=found, sign_in=SignIn.OAUTH)


def remember(*, member: Member, network: str, found: Connected, sign_in: SignIn) -> Account:
    """Keep what a sign-in brought; the same account again, also after it was disconnected, is the same row."""
    named = found.remote_id, found.handle
    if not all(name and name.isprintable() and len(name) <= LONGEST_NAME for name in named):
        raise Refused(_("The network gave the account a name that we cannot use."))
    now = clock.now()
    with transaction.atomic():
        # The network may send a person back twice at once: the second waits, and finds what the first one made.
        Member.objects.select_for_update().only("pk").get(pk=member.pk)
        account = (
            Account.objects.select_for_update()
            .filter(member=member, network=network, remote_id=found.remote_id)
            .order_by("-pk")
            .first()
        ) or Account(
            organisation_id=member.organisation_id, member=member, network=network, remote_id=found.remote_id
        )
        account.handle, account.server, account.options = found.handle, found.server, found.options
        account.sign_in = sign_in
        account.secret_sealed, account.scopes = tokens.sealed(found.tokens), found.tokens.scopes
        account.expires_at, account.warned_days = found.tokens.person_by, None
        account.connected_at, account.disconnected_at, account.needs_reconnect_since = now, None, None
        if found.followers is not None and 0 <= found.followers <= MOST_FOLLOWERS:
            account.followers, account.followers_at = found.followers, now
        account.save()
        record(AccountConnected(account_id=account.pk))
    return account


def disconnect(*, account: Account) -> None:
    """Revoke at the network, and forget every secret here, whether or not the network answers."""
    from genlyd.networks.registry import NETWORKS

    network = NETWORKS.get(account.network)
    if network and network.connector and account.secret_sealed:
        with suppress(Failed):
            network.connector.revoke(account, tokens.read(account))
    account.secret_sealed, account.disconnected_at, account.needs_reconnect_since = None, clock.now(), None
    account.expires_at, account.scopes = None, ""
    account.save(
        update_fields=["secret_sealed", "disconnected_at", "needs_reconnect_since", "expires_at", "scopes"]
    )
