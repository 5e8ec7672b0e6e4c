"""Signing in with OAuth 2 and PKCE. authlib speaks the protocol, on our own connections (base.http)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import httpx2
from authlib.common.security import generate_token
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from django.utils.translation import gettext as _

from genlyd.base import clock
from genlyd.base.errors import Refused
from genlyd.base.http import NotFetched, client_settings
from genlyd.networks.addresses import address
from genlyd.networks.calls import NEVER_LEFT
from genlyd.networks.contract import Begun, Connected, Text, Tokens
from genlyd.networks.credentials import app_of, secret_of
from genlyd.networks.domain.outcome import Failed, Kind, Outcome
from genlyd.networks.models import Account, NetworkApp

if TYPE_CHECKING:
    from genlyd.people.models import Organisation

#: RFC 7636 asks for at least 43 characters.
VERIFIER_LENGTH = 64
STATE_LENGTH = 32
#: Answers of a token endpoint that only the person can mend (RFC 6749 5.2).
FINAL = {"invalid_grant", "invalid_token", "access_denied", "unauthorized_client", "invalid_request"}


@dataclass(frozen=True, kw_only=True)
class Who:
    """Whose account it is, as the network says after the sign-in."""

    remote_id: str
    handle: str
    followers: int | None = None
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class OAuth2:
    """A Connector for networks that follow the standard; those that differ subclass it."""

    network: str
    authorize: str
    token: str
    scopes: tuple[str, ...]
    #: Asks the network who has signed in, with (access token, server). May raise Failed.
    who: Callable[[str, str], Who]
    allows: tuple[Text, ...] = ()
    asks: Text = ""
    revocation: str = ""
    pkce: bool = True
    #: How the app proves itself at the token endpoint.
    app_proof: str = "client_secret_post"
    extra: Mapping[str, str] = field(default_factory=dict)

    # --- what subclasses may answer differently ---
    def app(self, organisation_id: int, server: str) -> NetworkApp | None:
        return app_of(organisation_id, self.network, server)

    def origin(self, server: str) -> str:
        """Where the authorization server is."""
        return server or address(f"{self.network}.auth")

    def token_origin(self, server: str) -> str:
        return self.origin(server)

    def server_for(self, organisation: Organisation, asked: str) -> str:  # noqa: ARG002
        """The origin of the server that the person named; "" for networks with one. Raises Refused."""
        return ""

    def wanted(self, app: NetworkApp) -> tuple[str, ...]:  # noqa: ARG002  some apps may ask for more
        return self.scopes

    def tokens(self, raw: Mapping[str, Any], old: Tokens | None = None) -> Tokens:
        """From the token endpoint's answer. Without a refresh token the person must come back when it ends."""
        now = clock.now()
        seconds = raw.get("expires_in")
        ends = (
            now + timedelta(seconds=float(seconds))
            if isinstance(seconds, int | float | str) and seconds
            else None
        )
        refresh = str(raw.get("refresh_token") or (old.refresh if old else ""))
        return Tokens(
            access=str(raw["access_token"]),
            refresh=refresh,
            expires_at=ends,
            person_by=self.person_by(raw, ends=ends, refresh=refresh),
            scopes=str(raw.get("scope") or (old.scopes if old else " ".join(self.scopes))),
            extra=dict(old.extra) if old else {},
        )

    def person_by(self, raw: Mapping[str, Any], *, ends: datetime | None, refresh: str) -> datetime | None:  # noqa: ARG002
        return None if refresh else ends

    # --- the Connector ---
    def begin(self, *, organisation: Organisation, asked: str, redirect_uri: str) -> Begun:
        server = self.server_for(organisation, asked)
        app = self._app(organisation.pk, server)
        state = generate_token(STATE_LENGTH)
        verifier = generate_token(VERIFIER_LENGTH) if self.pkce else ""
        with self._client(app, self.origin(server), redirect_uri) as client:
            url, _state = client.create_authorization_url(
                f"{self.origin(server)}{self.authorize}",
                state=state,
                code_verifier=verifier or None,
                scope=" ".join(self.wanted(app)),
                **self.extra,
            )
        return Begun(url=url, state=state, keep={"verifier": verifier, "server": server})

    def finish(
        self,
        *,
        organisation: Organisation,
        keep: dict[str, Any],
        answer: Mapping[str, str],
        redirect_uri: str,
    ) -> Connected:
        server = str(keep.get("server", ""))
        app = self._app(organisation.pk, server)
        try:
            with self._talking(app, self.token_origin(server), redirect_uri) as client:
                more = {"code_verifier": keep["verifier"]} if keep.get("verifier") else {}
                raw = client.fetch_token(
                    f"{self.token_origin(server)}{self.token}",
                    grant_type="authorization_code",
                    code=answer.get("code", ""),
                    **more,
                )
            tokens = self.tokens(raw)
            who = self.who(tokens.access, server)
        except (Failed, KeyError, TypeError, ValueError) as error:
            raise Refused(
                _("The network did not let us finish."),
                next_step=_("Try again. If it happens twice, tell your administrator."),
            ) from error
        return Connected(
            remote_id=who.remote_id, handle=who.handle, tokens=tokens, server=server, followers=who.followers,
            options=who.options,
        )  # fmt: skip

    def renew(self, account: Account, tokens: Tokens) -> Tokens:
        if not tokens.refresh:
            raise Failed(Outcome(kind=Kind.RECONNECT, problem="reconnect", error="nothing to renew with"))
        app = self.app(account.organisation_id, account.server)
        if app is None:
            raise Failed(Outcome(kind=Kind.WAIT, problem="switched_off", error="no app"))
        with self._talking(app, self.token_origin(account.server), "") as client:
            raw = client.refresh_token(
                f"{self.token_origin(account.server)}{self.token}", refresh_token=tokens.refresh
            )
        if not raw.get("access_token"):
            # A server that is busy or in trouble says something else; that is no refusal of the token.
            raise Failed(Outcome(kind=Kind.NOT_SENT, problem="unreachable", error="no token in the answer"))
        return self.tokens(raw, tokens)

    def revoke(self, account: Account, tokens: Tokens) -> None:
        app = self.app(account.organisation_id, account.server)
        if not self.revocation or app is None:
            return
        try:
            with self._talking(app, self.token_origin(account.server), "") as client:
                url = f"{self.token_origin(account.server)}{self.revocation}"
                client.revoke_token(url, token=tokens.refresh or tokens.access)
        except Failed:
            return

    # --- inside ---
    def _app(self, organisation_id: int, server: str) -> NetworkApp:
        app = self.app(organisation_id, server)
        if app is None:
            raise Refused(
                _("This network is not set up yet."), next_step=_("Ask your administrator to switch it on.")
            )
        return app

    def _client(self, app: NetworkApp, origin: str, redirect_uri: str) -> OAuth2Client:
        return OAuth2Client(
            client_id=app.client_id,
            client_secret=secret_of(app) or None,
            token_endpoint_auth_method=self.app_proof if secret_of(app) else "none",
            revocation_endpoint_auth_method=self.app_proof if secret_of(app) else "none",
            redirect_uri=redirect_uri or None,
            code_challenge_method="S256" if self.pkce else None,
            **client_settings(origin),
        )

    @contextmanager
    def _talking(self, app: NetworkApp, origin: str, redirect_uri: str) -> Iterator[OAuth2Client]:
        """What goes wrong at a token endpoint, as Failed: nothing has been posted in any case."""
        try:
            with self._client(app, origin, redirect_uri) as client:
                yield client
        except OAuthError as error:
            final = str(error.error) in FINAL
            raise Failed(
                Outcome(
                    kind=Kind.RECONNECT if final else Kind.NOT_SENT,
                    problem="reconnect" if final else "unreachable",
                    error=f"{error.error}: {error.description}"[:300],
                )
            ) from error
        except (httpx2.HTTPError, NotFetched, ValueError, *NEVER_LEFT) as error:
            raise Failed(
                Outcome(
                    kind=Kind.NOT_SENT, problem="unreachable", error=f"{type(error).__name__}: {error}"[:300]
                )
            ) from error
