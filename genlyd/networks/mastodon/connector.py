"""Signing in at a person's own server. Every server gets an app of ours, registered when it is first needed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genlyd.base.crypto import seal
from genlyd.base.errors import Refused
from genlyd.base.http import NotFetched, fetch
from genlyd.networks.calls import CallFailed, call
from genlyd.networks.contract import Begun, Connected
from genlyd.networks.domain.outcome import Failed, Kind, Outcome
from genlyd.networks.mastodon.api import limits_of
from genlyd.networks.mastodon.domain import allowed, instance
from genlyd.networks.models import NetworkApp
from genlyd.networks.oauth import OAuth2, Who

if TYPE_CHECKING:
    from genlyd.people.models import Organisation

NETWORK = "mastodon"
#: `profile` is enough to know who it is, since Mastodon 4.3; before, only all that can be read of accounts was.
SCOPES = ("profile", "read:statuses", "write:statuses", "write:media")
OLD_SCOPES = ("read:accounts", *SCOPES[1:])


def who(access: str, server: str) -> Who:
    """Whose account it is, and what their server allows."""
    answer = call(server, "GET", "/api/v1/accounts/verify_credentials", token=access)
    name, number = answer.text("username"), answer.text("id")
    if not answer.ok or not name or not number:
        raise Failed(Outcome(kind=Kind.NOT_SENT, problem="unreachable", error=f"who: {answer.status}"))
    host = urlsplit(server).netloc
    followers = answer.find("followers_count")
    most = limits_of(server) or allowed.Limits()
    return Who(
        # Two servers may give two people the same number.
        remote_id=f"{number}@{host}",
        handle=f"@{name}@{instance.shown(host)}",
        followers=followers if isinstance(followers, int) else None,
        options={"limits": most.stored()},
    )


class MastodonSignIn(OAuth2):
    """OAuth 2 with an app for each server. Tokens do not expire (docs.joinmastodon.org/methods/oauth)."""

    def server_for(self, organisation: Organisation, asked: str) -> str:  # noqa: ARG002
        return asked

    def wanted(self, app: NetworkApp) -> tuple[str, ...]:
        return tuple(str(app.options.get("scopes", "")).split()) or OLD_SCOPES

    def begin(self, *, organisation: Organisation, asked: str, redirect_uri: str) -> Begun:
        server = self._found(asked)
        self._registered(organisation, server, redirect_uri)
        return super().begin(organisation=organisation, asked=server, redirect_uri=redirect_uri)

    def finish(
        self,
        *,
        organisation: Organisation,
        keep: dict[str, Any],
        answer: Mapping[str, str],
        redirect_uri: str,
    ) -> Connected:
        try:
            return super().finish(
                organisation=organisation, keep=keep, answer=answer, redirect_uri=redirect_uri
            )
        except Refused as refused:
            if "invalid_client" in str(refused.__cause__):
                # Servers before 4.3 forget apps that nobody uses. The next try registers a new one.
                NetworkApp.objects.filter(
                    organisation=organisation, network=NETWORK, server=keep["server"]
                ).delete()
            raise

    # --- inside ---
    def _found(self, asked: str) -> str:
        """The origin of the server that the person means, if it speaks Mastodon's language. Raises Refused."""
        try:
            meant = instance.parse(asked, private_allowed=settings.PRIVATE_HOSTS_ALLOWED)
        except instance.NotAServer as error:
            raise _unreadable(error.reason) from error
        server = meant.origin
        try:
            if limits_of(server):
                return server
            elsewhere = _lives_at(server)
            if elsewhere != server and limits_of(elsewhere):
                return elsewhere
        except CallFailed as failed:
            raise Refused(
                _("Nobody answers at %(server)s.") % {"server": meant.shown},
                next_step=_("Check the spelling, and open it in your browser. If it works there, try again."),
            ) from failed
        raise Refused(
            _("%(server)s is not a Mastodon server.") % {"server": meant.shown},
            next_step=_("The name of your server stands behind the last @ of your Mastodon address."),
        )

    def _registered(self, organisation: Organisation, server: str, redirect_uri: str) -> NetworkApp:
        app = NetworkApp.objects.filter(organisation=organisation, network=NETWORK, server=server).first()
        if app and not app.enabled:
            raise Refused(
                _("Your organisation has switched this server off."), next_step=_("Ask your administrator.")
            )
        if app and app.options.get("redirect_uri") == redirect_uri:
            return app
        scopes = _scopes(server)
        made = _register(server, scopes, redirect_uri)
        fields = {
            "client_id": made[0],
            "secret_sealed": seal({"client_secret": made[1]}),
            "options": {"scopes": " ".join(scopes), "redirect_uri": redirect_uri},
        }
        try:
            with transaction.atomic():
                return NetworkApp.objects.update_or_create(
                    organisation=organisation, network=NETWORK, server=server, defaults=fields
                )[0]
        except IntegrityError:
            # A colleague was first, with an app as good as this one.
            return NetworkApp.objects.get(organisation=organisation, network=NETWORK, server=server)


def _lives_at(server: str) -> str:
    """Some servers have addresses of one name and live at another; what they all keep at the first leads there."""
    try:
        found = urlsplit(fetch(f"{server}/.well-known/host-meta", most_bytes=100_000).url)
    except NotFetched:
        return server
    return f"{found.scheme}://{found.netloc}"


def _scopes(server: str) -> tuple[str, ...]:
    try:
        known = call(server, "GET", "/.well-known/oauth-authorization-server").find("scopes_supported")
    except CallFailed:
        known = None
    return SCOPES if isinstance(known, list) and "profile" in known else OLD_SCOPES


def _register(server: str, scopes: tuple[str, ...], redirect_uri: str) -> tuple[str, str]:
    """A new app there: its id and secret. Raises Refused."""
    form = {
        "client_name": "Genlyd",
        "redirect_uris": redirect_uri,
        "scopes": " ".join(scopes),
        "website": settings.URL,
    }
    try:
        answer = call(server, "POST", "/api/v1/apps", form=form)
        key, secret = answer.text("client_id"), answer.text("client_secret")
    except CallFailed:
        key, secret = "", ""
    if not (key and secret and len(key) <= 500):  # noqa: PLR2004
        raise Refused(
            _("The server did not let Genlyd in."),
            next_step=_("Try again in a while. If it stays so, ask whoever runs the server."),
        )
    return key, secret


def _unreadable(reason: str) -> Refused:
    words = {
        "http": _("This address begins with http, so your sign-in could be read on its way."),
        "no_dot": _("This is not the whole name of a server."),
    }.get(reason, _("This is not the name of a server."))
    return Refused(words, next_step=_("Write it like this: mastodon.social, or @name@mastodon.social."))


CONNECTOR = MastodonSignIn(
    network=NETWORK,
    authorize="/oauth/authorize",
    token="/oauth/token",  # noqa: S106  an address
    revocation="/oauth/revoke",
    scopes=SCOPES,
    who=who,
    asks=gettext_lazy("Your server, or your whole Mastodon address"),
    allows=(
        gettext_lazy("Post what you ask it to post, with its pictures"),
        gettext_lazy("Read your own posts, to see whether they arrived and what came of them"),
        gettext_lazy("See your name and how many follow you"),
    ),
)
