"""Does the organisation's app work, and how long does its version of the API live?"""

from __future__ import annotations

from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _

from genlyd.base import clock
from genlyd.networks.addresses import address
from genlyd.networks.calls import CallFailed, call
from genlyd.networks.contract import Check
from genlyd.networks.credentials import secret_of
from genlyd.networks.domain.outcome import Failed
from genlyd.networks.linkedin import api
from genlyd.networks.linkedin import app as apps
from genlyd.networks.linkedin.domain import versions
from genlyd.networks.models import Account, NetworkApp

ENDED = 426


def check(app: NetworkApp) -> Check:
    """The live test: first the app's id and secret, then its version. Posts nothing."""
    if problem := _secret_refused(app):
        return Check(ok=False, message=problem)
    version = apps.version_of(app)
    served = is_served(app)
    if served is False:
        return Check(
            ok=False,
            message=_(
                "LinkedIn serves version %(version)s no more. Enter a newer one: posts wait until then."
            )
            % {"version": version},
        )
    day = formats.date_format(versions.sunset(version))
    if versions.ends_soon(version, today()):
        return Check(
            ok=True,
            message=_(
                "LinkedIn knows the app. Its version %(version)s ends about %(day)s: enter a newer one before."
            )
            % {"version": version, "day": day},
        )
    if served is None:
        return Check(
            ok=True,
            message=_(
                "LinkedIn knows the app. The version (%(version)s, until about %(day)s) is tested as soon as "
                "somebody has connected an account."
            )
            % {"version": version, "day": day},
        )
    return Check(
        ok=True,
        message=_("LinkedIn knows the app and serves version %(version)s, until about %(day)s.")
        % {"version": version, "day": day},
    )


def today() -> date:
    return clock.now().date()


def _secret_refused(app: NetworkApp) -> str:
    """A code that was never given out: LinkedIn looks at the app's secret before it looks for the code."""
    form = {
        "grant_type": "authorization_code", "code": "genlyd-live-test", "redirect_uri": "https://localhost/",
        "client_id": app.client_id, "client_secret": secret_of(app),
    }  # fmt: skip
    try:
        answer = call(address("linkedin.auth"), "POST", "/oauth/v2/accessToken", form=form)
    except CallFailed:
        return _("LinkedIn could not be reached from here. Is www.linkedin.com open for this server?")
    if answer.status == 401 or answer.text("error") in {"invalid_client", "invalid_client_id"}:  # noqa: PLR2004
        return _(
            "LinkedIn does not know this client ID with this secret. Copy both again from the app's Auth page."
        )
    return ""


def is_served(app: NetworkApp) -> bool | None:
    """Does LinkedIn answer the chosen version? None when nobody has connected, or nobody could be asked.

    Asks once, in the name of whoever connected last. The mark on the app follows what is found.
    """
    account = (
        Account.objects.filter(
            organisation_id=app.organisation_id,
            network="linkedin",
            disconnected_at=None,
            needs_reconnect_since=None,
        )
        .exclude(secret_sealed=None)
        .order_by("-connected_at")
        .first()
    )
    if account is None:
        return None
    version = apps.version_of(app)
    try:
        answer = call(
            address("linkedin"), "GET", "/rest/memberFollowersCount?q=me", token=api.token_of(account),
            headers={"LinkedIn-Version": version, "X-Restli-Protocol-Version": "2.0.0"},
        )  # fmt: skip
    except Failed:
        return None
    if answer.status == ENDED:
        apps.mark_ended(app, version)
        return False
    if answer.ok or answer.status == 403:  # noqa: PLR2004  403: the version is served, the figure is not ours
        apps.mark_served(app, version)
        return True
    if answer.status == 401:  # noqa: PLR2004
        # Their permission has been withdrawn: they are asked to connect again, and another is asked tomorrow.
        api.judged(account, answer)
    return None
