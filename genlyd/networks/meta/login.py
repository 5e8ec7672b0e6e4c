"""Signing in at a Meta network: a code, a token for an hour, a token for sixty days that renews itself.

There is no refresh token and no PKCE. The long token is renewed with itself, from 24 hours after it was issued until
it ends; once it has ended only the person can help. So it is renewed long before: `Tokens.expires_at` is the day from
which we renew, and `extra["ends"]` the real end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from authlib.common.security import generate_token
from django.utils.translation import gettext as _

from genlyd.base import clock
from genlyd.base.errors import Refused
from genlyd.networks.addresses import address
from genlyd.networks.calls import Answer, CallFailed, call
from genlyd.networks.contract import Begun, Connected, Text, Tokens
from genlyd.networks.credentials import app_of, secret_of
from genlyd.networks.domain.outcome import Failed, Kind, Outcome
from genlyd.networks.meta.graph import checked, repeatable
from genlyd.networks.models import Account, NetworkApp

if TYPE_CHECKING:
    from genlyd.people.models import Organisation

#: A token is renewed from this long after it was issued; it lasts 60 days, so there is time for many tries.
RENEW_AFTER = timedelta(days=20)
#: Graph renews no token younger than this.
NOT_BEFORE = timedelta(hours=24)
#: After a renewal that could not be had although the token still holds.
TRY_AGAIN = timedelta(hours=6)
STATE_LENGTH = 32


@dataclass(kw_only=True)
class MetaLogin:
    """A Connector. `prefix` is "th" or "ig"; `key.auth` is where people consent, `key.token` where codes are spent."""

    network: str
    prefix: str
    version: str
    scopes: tuple[str, ...]
    #: Without these nothing can be posted.
    needed: tuple[str, ...]
    allows: tuple[Text, ...]
    asks: Text = ""

    # --- what subclasses answer ---
    def granted(self, said: Mapping[str, Any], token: str) -> tuple[str, ...]:
        """The permissions that the person really gave. Raises Failed."""
        raise NotImplementedError

    def who(self, token: str, said: Mapping[str, Any]) -> Connected:
        """Whose account it is; `tokens` of the answer are replaced. Raises Failed, or Refused."""
        raise NotImplementedError

    # --- the Connector ---
    def begin(self, *, organisation: Organisation, asked: str, redirect_uri: str) -> Begun:  # noqa: ARG002
        app = self._app(organisation.pk)
        state = generate_token(STATE_LENGTH)
        query = {
            "client_id": app.client_id,
            "redirect_uri": redirect_uri,
            "scope": ",".join(self.scopes),
            "response_type": "code",
            "state": state,
        }
        return Begun(url=f"{address(f'{self.network}.auth')}/oauth/authorize?{urlencode(query)}", state=state)

    def finish(
        self,
        *,
        organisation: Organisation,
        keep: dict[str, Any],  # noqa: ARG002  there is no verifier to keep
        answer: Mapping[str, str],
        redirect_uri: str,
    ) -> Connected:
        app = self._app(organisation.pk)
        form = {
            "client_id": app.client_id,
            "client_secret": secret_of(app),
            "grant_type": "authorization_code",
            "redirect_uri": redirect_uri,
            # Meta ends the address it sends people back to with "#_", which some browsers hand on.
            "code": answer.get("code", "").removesuffix("#_"),
        }
        try:
            said = self._said(self._ask(f"{self.network}.token", "POST", "/oauth/access_token", form=form))
            short = str(said["access_token"])
            params = {"grant_type": f"{self.prefix}_exchange_token", "client_secret": secret_of(app)}
            long = self._ask(self.network, "GET", "/access_token", token=short, params=params)
            granted = self.granted(said, short)
            if missing := [scope for scope in self.needed if scope not in granted]:
                raise Refused(
                    _("Without the permission to post, Genlyd cannot post for you."),
                    next_step=_("Connect again and leave every switch on. Missing: %(missing)s.")
                    % {"missing": ", ".join(missing)},
                )
            tokens = self._tokens(long, " ".join(granted))
            found = self.who(tokens.access, said)
        except (Failed, KeyError, TypeError, ValueError) as error:
            raise Refused(
                _("The network did not let us finish."),
                next_step=_("Try again. If it happens twice, tell your administrator."),
            ) from error
        return Connected(
            remote_id=found.remote_id, handle=found.handle, followers=found.followers, options=found.options,
            tokens=tokens,
        )  # fmt: skip

    def renew(self, account: Account, tokens: Tokens) -> Tokens:  # noqa: ARG002  the token is all that is asked for
        now = clock.now()
        ends = _time(tokens.extra.get("ends"))
        issued = _time(tokens.extra.get("issued"))
        if issued and now < issued + NOT_BEFORE:
            return tokens
        params = {"grant_type": f"{self.prefix}_refresh_token"}
        try:
            answer = self._ask(
                self.network, "GET", "/refresh_access_token", token=tokens.access, params=params
            )
            return self._tokens(answer, tokens.scopes)
        except Failed as failed:
            if failed.outcome.kind is Kind.RECONNECT or ends is None or ends <= now:
                raise
            # It still holds: what was to be done is done with it, and the renewal is tried again later.
            return Tokens(
                access=tokens.access,
                expires_at=min(now + TRY_AGAIN, ends),
                scopes=tokens.scopes,
                extra=tokens.extra,
            )

    def revoke(self, account: Account, tokens: Tokens) -> None:
        """Meta has no call for it: the person removes the app in the network's own settings (docs/operate/networks)."""

    # --- inside ---
    def _app(self, organisation_id: int) -> NetworkApp:
        app = app_of(organisation_id, self.network)
        if app is None:
            raise Refused(
                _("This network is not set up yet."), next_step=_("Ask your administrator to switch it on.")
            )
        return app

    def _ask(self, where: str, method: str, path: str, **more: Any) -> Answer:
        try:
            return checked(call(address(where), method, path, **more))
        except CallFailed as failed:
            raise repeatable(failed) from failed

    def _said(self, answer: Answer) -> Mapping[str, Any]:
        """Threads says it plainly, Instagram wraps it in `data`."""
        found = answer.find("data", 0) or answer.body
        return found if isinstance(found, dict) else {}

    def _tokens(self, answer: Answer, scopes: str) -> Tokens:
        now = clock.now()
        ends = now + timedelta(seconds=int(answer.text("expires_in") or 0))
        if not answer.text("access_token") or ends <= now:
            raise Failed(Outcome(kind=Kind.NOT_SENT, problem="unreachable", error="no token"))
        return Tokens(
            access=answer.text("access_token"),
            expires_at=min(now + RENEW_AFTER, ends),
            scopes=scopes,
            extra={"issued": now.isoformat(), "ends": ends.isoformat()},
        )


def _time(value: object) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) else None
