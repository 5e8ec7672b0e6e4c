"""Calls to an authorization server: each with a proof, and with our key's signature when we have one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from genlyd.base.errors import Refused
from genlyd.networks.bluesky import dpop, keys
from genlyd.networks.bluesky.domain import client
from genlyd.networks.bluesky.domain.client import Client
from genlyd.networks.bluesky.resolve import is_safe
from genlyd.networks.calls import Answer, call
from genlyd.networks.domain.outcome import Failed, Kind, Outcome

NONCE_WANTED = "use_dpop_nonce"


@dataclass(frozen=True)
class Ourselves:
    """Who we are in one session. `key` is the id of our key; "" for the loopback client."""

    client_id: str
    redirect_uri: str
    key: str

    @property
    def kind(self) -> Client:
        return Client.CONFIDENTIAL if self.key else Client.LOOPBACK


def metadata_address() -> str:
    return f"{settings.URL}{reverse('networks:bluesky_client')}"


def can_sign_in() -> bool:
    return client.kind_of(settings.URL) is not None


def ourselves(redirect_uri: str) -> Ourselves:
    """Raises Refused where no authorization server would accept this installation."""
    kind = client.kind_of(settings.URL)
    if kind is Client.CONFIDENTIAL:
        return Ourselves(metadata_address(), redirect_uri, keys.for_new_session())
    if kind is Client.LOOPBACK:
        back = client.loopback_address(f"{settings.URL}{reverse('networks:bluesky_back')}")
        return Ourselves(client.loopback_id(back), back, "")
    raise Refused(
        _("Bluesky cannot reach this installation, so it cannot ask you there."),
        next_step=_("Use an app password instead: you find it under “Other ways”."),
    )


def post(url: str, form: Mapping[str, str], *, me: Ourselves, issuer: str, key: Mapping[str, Any]) -> Answer:
    """Repeats once when the server wants another nonce: nothing is accepted before the nonce is. Raises Failed."""
    answer = _post(url, form, me=me, issuer=issuer, key=key)
    if not answer.ok and answer.text("error") == NONCE_WANTED:
        answer = _post(url, form, me=me, issuer=issuer, key=key)
    return answer


def _post(url: str, form: Mapping[str, str], *, me: Ourselves, issuer: str, key: Mapping[str, Any]) -> Answer:
    parts = urlsplit(url)
    origin = f"{parts.scheme}://{parts.netloc}"
    if not is_safe(origin):
        raise Failed(Outcome(kind=Kind.NOT_SENT, problem="unreachable", error="not https"))
    try:
        proving = keys.assertion(me.key, client_id=me.client_id, issuer=issuer) if me.key else {}
    except KeyError as error:
        gone = Outcome(kind=Kind.RECONNECT, problem="reconnect", error="our key is gone")
        raise Failed(gone) from error
    answer = call(
        origin, "POST", url.removeprefix(origin), form={"client_id": me.client_id, **form, **proving},
        headers={"DPoP": dpop.proof(key, "POST", url.partition("?")[0], nonce=dpop.NONCES.get(origin))},
    )  # fmt: skip
    dpop.NONCES.learn(origin, answer.headers)
    return answer
