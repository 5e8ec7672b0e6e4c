"""Signing in at LinkedIn. No PKCE: a web app that brings a verifier is turned away as if its secret were wrong."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from genlyd.networks.addresses import address
from genlyd.networks.calls import call
from genlyd.networks.domain.outcome import Failed, Kind, Outcome
from genlyd.networks.linkedin.app import reads_figures
from genlyd.networks.models import NetworkApp
from genlyd.networks.oauth import OAuth2, Who

SCOPES = ("openid", "profile", "email", "w_member_social")
VETTED = ("r_member_postAnalytics", "r_member_profileAnalytics")
#: A token is told from LinkedIn's one server to the next; until then a new one is called revoked.
PAUSES = (0.0, 1.0, 3.0)


@dataclass(frozen=True, kw_only=True)
class SignInAtLinkedIn(OAuth2):
    def wanted(self, app: NetworkApp) -> tuple[str, ...]:
        return (*self.scopes, *VETTED) if reads_figures(app) else self.scopes


def who(access: str, _server: str) -> Who:
    """Raises Failed when LinkedIn does not say."""
    for pause in PAUSES:
        time.sleep(pause)
        answer = call(address("linkedin"), "GET", "/v2/userinfo", token=access)
        if answer.status != 401:  # noqa: PLR2004
            break
    sub, name = answer.text("sub"), answer.text("name")
    if not answer.ok or not sub:
        raise Failed(
            Outcome(kind=Kind.UNKNOWN, problem="unreachable", status=answer.status, error="no userinfo")
        )
    return Who(remote_id=sub, handle=name or sub)


CONNECTOR = SignInAtLinkedIn(
    network="linkedin",
    authorize="/oauth/v2/authorization",
    token="/oauth/v2/accessToken",  # noqa: S106  an address
    scopes=SCOPES,
    who=who,
    allows=(
        _("See your name and e-mail address on LinkedIn, so that it knows whose account it is."),
        _("Post in your name what you have written and sent here."),
        _("Delete a post that it has made for you, when you ask it to."),
    ),
    pkce=False,
)
