"""Connecting by atproto's OAuth (PAR, PKCE, DPoP), and keeping either kind of session alive."""

from __future__ import annotations

import base64
import secrets
import time
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import structlog
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genlyd.base import clock
from genlyd.base.crypto import Unreadable, seal, unseal
from genlyd.base.errors import Refused
from genlyd.networks.bluesky import app_password, dpop, resolve
from genlyd.networks.bluesky.domain import client, errors
from genlyd.networks.bluesky.domain.app_password import tidy_handle
from genlyd.networks.bluesky.domain.server import AuthServer
from genlyd.networks.bluesky.endpoints import Ourselves, metadata_address, ourselves, post
from genlyd.networks.calls import Answer
from genlyd.networks.contract import Begun, Connected, SignIn, Text, Tokens
from genlyd.networks.domain.outcome import Failed, Kind, Outcome
from genlyd.networks.models import Account

if TYPE_CHECKING:
    from genlyd.people.models import Organisation

log = structlog.get_logger(__name__)
SHORTEST = timedelta(seconds=30)
LONGEST = timedelta(days=1)
#: Tokens are opaque; a server that sends more than this means no good.
LONGEST_TOKEN = 8000


class BlueskyConnector:
    asks: Text = gettext_lazy("Your handle, such as name.bsky.social")
    allows: tuple[Text, ...] = (
        gettext_lazy("Publish your posts, with their pictures, and delete them."),
        gettext_lazy("Nothing else: not your messages, not your likes, not your settings."),
    )

    def begin(self, *, organisation: Organisation, asked: str, redirect_uri: str) -> Begun:  # noqa: ARG002
        me = ourselves(redirect_uri)
        handle = tidy_handle(asked)
        found = resolve.account_of(handle if "." in handle else f"{handle}.bsky.social")
        server = resolve.server_of(found.pds)
        key, state, verifier = dpop.new_key(), secrets.token_urlsafe(32), secrets.token_urlsafe(64)
        form = {
            "response_type": "code",
            "redirect_uri": me.redirect_uri,
            "scope": client.WANTED,
            "state": state,
            "code_challenge": create_s256_code_challenge(verifier),
            "code_challenge_method": "S256",
            "login_hint": found.handle,
        }
        answer = _asked(server, server.par, form, me=me, key=key)
        if answer.text("error") == "invalid_scope":
            answer = _asked(server, server.par, {**form, "scope": client.OLDER}, me=me, key=key)
        request = answer.text("request_uri") if answer.ok else ""
        if not request:
            raise _refusal(answer)
        keep = {
            "did": found.did, "handle": found.handle, "pds": found.pds, "issuer": server.issuer,
            "token": server.token, "revoke": server.revoke, "key": key, "verifier": verifier,
            "client_id": me.client_id, "redirect_uri": me.redirect_uri, "client_key": me.key,
        }  # fmt: skip
        going = urlencode({"client_id": me.client_id, "request_uri": request})
        joint = "&" if "?" in server.authorize else "?"
        sealed = base64.b64encode(seal(keep)).decode()
        return Begun(url=f"{server.authorize}{joint}{going}", state=state, keep={"sealed": sealed})

    def finish(
        self,
        *,
        organisation: Organisation,  # noqa: ARG002
        keep: dict[str, Any],
        answer: Mapping[str, str],
        redirect_uri: str,  # noqa: ARG002  the one that was sent is kept
    ) -> Connected:
        try:
            kept = unseal(base64.b64decode(str(keep.get("sealed", ""))))
        except (Unreadable, ValueError) as error:
            raise _again() from error
        # Another server's code must never be carried to this one (RFC 9207).
        if answer.get("iss") != kept["issuer"] or not answer.get("code"):
            raise _again()
        me = Ourselves(kept["client_id"], kept["redirect_uri"], kept["client_key"])
        form = {
            "grant_type": "authorization_code", "code": answer["code"], "redirect_uri": me.redirect_uri,
            "code_verifier": kept["verifier"],
        }  # fmt: skip
        try:
            got = post(kept["token"], form, me=me, issuer=kept["issuer"], key=kept["key"])
            tokens = _tokens(got, kept, person_by=clock.now() + client.LASTS[me.kind][0])
        except Failed as error:
            log.info("bluesky_code_refused", error=error.outcome.error)
            raise _again() from error
        if got.text("sub") != kept["did"]:
            _revoke(tokens)
            raise Refused(
                _("You signed in with another account than %(handle)s.") % {"handle": kept["handle"]},
                next_step=_("Connect again, and choose that account on Bluesky's page."),
            )
        return Connected(
            remote_id=kept["did"], handle=kept["handle"], server=kept["pds"], tokens=tokens,
            options={"client_key": me.key} if me.key else {},
        )  # fmt: skip

    def renew(self, account: Account, tokens: Tokens) -> Tokens:
        if account.sign_in == SignIn.APP_PASSWORD:
            return app_password.renew(account, tokens)
        if not tokens.extra.get("dpop"):
            raise Failed(Outcome(kind=Kind.RECONNECT, problem="reconnect", error="no session"))
        me = _ourselves(tokens)
        if me.key and me.client_id != metadata_address():
            # Genlyd has moved: who began this session is nobody the server could find any more.
            raise Failed(Outcome(kind=Kind.RECONNECT, problem="reconnect", error="our address has changed"))
        form = {"grant_type": "refresh_token", "refresh_token": tokens.refresh}
        kept = {**tokens.extra, "key": tokens.extra["dpop"]}
        try:
            answer = post(kept["token"], form, me=me, issuer=kept["issuer"], key=kept["key"])
            fresh = _tokens(answer, kept, person_by=tokens.person_by)
        except Failed as failed:
            raise Failed(_not_posted(failed.outcome)) from failed
        if answer.text("sub") != account.remote_id:
            raise Failed(Outcome(kind=Kind.RECONNECT, problem="reconnect", error="another account"))
        return fresh

    def revoke(self, account: Account, tokens: Tokens) -> None:
        if account.sign_in == SignIn.APP_PASSWORD:
            app_password.close(account, tokens)
        else:
            _revoke(tokens)


def _ourselves(tokens: Tokens) -> Ourselves:
    """As we were when the session began: a session belongs to one client and one key of it."""
    return Ourselves(str(tokens.extra["client_id"]), "", str(tokens.extra["client_key"]))


def _asked(
    server: AuthServer, url: str, form: Mapping[str, str], *, me: Ourselves, key: Mapping[str, Any]
) -> Answer:
    try:
        return post(url, form, me=me, issuer=server.issuer, key=key)
    except Failed as error:
        raise Refused(
            _("Bluesky does not answer."),
            next_step=_("Try again in a while. You can share by hand meanwhile."),
        ) from error


def _refusal(answer: Answer) -> Refused:
    name = answer.text("error")
    log.info(
        "bluesky_par_refused", status=answer.status, error=name, said=answer.text("error_description")[:300]
    )
    if answer.status == 429:  # noqa: PLR2004
        return Refused(_("Bluesky asks us to wait."), next_step=_("Try again in five minutes."))
    if name in {"invalid_client_metadata", "invalid_client_id"}:
        # The server tried to read who we are, at our public address.
        return Refused(
            _("Bluesky cannot read who is asking: this installation must be reachable from the internet."),
            next_step=_("Use an app password instead, and tell your administrator."),
        )
    return Refused(
        _("Bluesky did not let us begin."),
        next_step=_("Try again. If it happens twice, use an app password, and tell your administrator."),
    )


def _again() -> Refused:
    return Refused(
        _("Bluesky did not let us finish."), next_step=_("Please connect again from the beginning.")
    )


def _tokens(answer: Answer, kept: Mapping[str, Any], *, person_by: Any) -> Tokens:
    """Raises Failed when the answer is not a pair bound to our key."""
    if not answer.ok:
        raise Failed(_judged(answer))
    access, refresh, scope = (answer.text(name) for name in ("access_token", "refresh_token", "scope"))
    bound = answer.text("token_type").lower() == "dpop"
    if not (bound and access and refresh and "atproto" in scope.split()):
        raise Failed(
            Outcome(kind=Kind.RECONNECT, problem="reconnect", error="no pair of tokens in the answer")
        )
    if not all(
        value.isascii() and value.isprintable() and len(value) < LONGEST_TOKEN for value in (access, refresh)
    ):
        raise Failed(
            Outcome(kind=Kind.RECONNECT, problem="reconnect", error="tokens of a shape we cannot keep")
        )
    try:
        lasts = min(max(timedelta(seconds=float(answer.text("expires_in"))), SHORTEST), LONGEST)
    except (ValueError, OverflowError):
        lasts = timedelta(minutes=15)
    extra = {name: kept[name] for name in ("issuer", "token", "revoke", "client_id", "client_key")}
    return Tokens(
        access=access, refresh=refresh, expires_at=clock.now() + lasts, person_by=person_by, scopes=scope,
        extra={**extra, "dpop": kept["key"]},
    )  # fmt: skip


def _judged(answer: Answer) -> Outcome:
    wait = errors.waiting_time(
        answer.headers.get("retry-after"), answer.headers.get("ratelimit-reset"), time.time()
    )
    return errors.judge_token(answer.status, answer.text("error"), wait=wait)


def _not_posted(outcome: Outcome) -> Outcome:
    """Whatever became of a renewal, it was no post."""
    if outcome.kind is Kind.UNKNOWN:
        return Outcome(kind=Kind.NOT_SENT, problem="unreachable", status=outcome.status, error=outcome.error)
    return outcome


def _revoke(tokens: Tokens) -> None:
    """Ends the session at the server. Never raises."""
    url = str(tokens.extra.get("revoke") or "")
    if not url:
        return
    kept = tokens.extra
    try:
        form = {"token": tokens.refresh, "token_type_hint": "refresh_token"}
        post(url, form, me=_ourselves(tokens), issuer=kept["issuer"], key=kept["dpop"])
    except Failed as error:
        log.info("bluesky_not_revoked", error=error.outcome.error)
