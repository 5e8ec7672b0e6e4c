"""Signing in at X: OAuth 2 with PKCE; an access token lives two hours, a refresh token works once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genlyd.base.errors import Refused
from genlyd.networks import budget
from genlyd.networks.addresses import address
from genlyd.networks.calls import call
from genlyd.networks.contract import Connected
from genlyd.networks.domain.outcome import Failed, Kind, Outcome
from genlyd.networks.oauth import OAuth2, Who
from genlyd.networks.x.pricing import READ_PERSON
from genlyd.people.models import Organisation

SCOPES = ("tweet.read", "tweet.write", "users.read", "media.write", "offline.access")


@dataclass(frozen=True, kw_only=True)
class SignInAtX(OAuth2):
    def token_origin(self, server: str) -> str:  # noqa: ARG002  X has one
        return address("x")

    def finish(
        self,
        *,
        organisation: Organisation,
        keep: dict[str, Any],
        answer: Mapping[str, str],
        redirect_uri: str,
    ) -> Connected:
        """Asking X whose account it is costs money, so the budget is asked first."""
        try:
            budget.spend_for(organisation.pk, "x", READ_PERSON)
        except budget.OverBudget as error:
            raise Refused(
                _("This month nobody can be connected to X any more."),
                next_step=_("Share by hand until then; it works just as well."),
            ) from error
        return super().finish(organisation=organisation, keep=keep, answer=answer, redirect_uri=redirect_uri)


def who(access: str, _server: str) -> Who:
    """Raises Failed when X does not say."""
    answer = call(address("x"), "GET", "/2/users/me", token=access, params={"user.fields": "public_metrics"})
    number, name = answer.text("data", "id"), answer.text("data", "username")
    if not answer.ok or not number.isdecimal() or not name:
        raise Failed(Outcome(kind=Kind.UNKNOWN, problem="unreachable", status=answer.status, error="no user"))
    count = answer.find("data", "public_metrics", "followers_count")
    return Who(remote_id=number, handle=name, followers=count if isinstance(count, int) else None)


CONNECTOR = SignInAtX(
    network="x",
    authorize="/i/oauth2/authorize",
    token="/2/oauth2/token",  # noqa: S106  an address
    revocation="/2/oauth2/revoke",
    scopes=SCOPES,
    who=who,
    app_proof="client_secret_basic",
    allows=(
        gettext_lazy(
            "Post in your name what you have written and sent here, with a picture if you chose one."
        ),
        gettext_lazy("Look at your own posts, to be sure that a post went out once and not twice."),
        gettext_lazy("Delete a post that it has made for you, when you ask it to."),
    ),
)
