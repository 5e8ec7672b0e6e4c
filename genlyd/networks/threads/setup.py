"""The organisation's app at Meta: how to get one for Threads, and a live test of what was entered."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from genlyd.networks.addresses import address
from genlyd.networks.calls import CallFailed, call
from genlyd.networks.contract import AppSetup, Check
from genlyd.networks.credentials import secret_of
from genlyd.networks.meta.graph import error_in
from genlyd.networks.models import NetworkApp

PORTAL = "https://developers.facebook.com/apps/"


def check(app: NetworkApp) -> Check:
    """Asks for the app's own token, which Threads gives for the right id and secret, and to nobody else."""
    params = {
        "grant_type": "client_credentials", "client_id": app.client_id, "client_secret": secret_of(app),
    }  # fmt: skip
    try:
        answer = call(address("threads.token"), "GET", "/oauth/access_token", params=params, read_seconds=10)
    except CallFailed:
        return Check(
            ok=False,
            message=_(
                "Threads could not be reached from here. Check that the server may open graph.threads.net."
            ),
        )
    if answer.ok and answer.text("access_token"):
        return Check(ok=True, message=_("Threads knows this app. Now let one person connect."))
    if error_in(answer).code in {1, 100, 101, 190}:
        return Check(
            ok=False,
            message=_(
                "Threads does not know this id with this secret. It wants the Threads app id and the Threads app "
                "secret, which are not those of the Meta app: App settings, Basic, at the end of the page."
            ),
        )
    return Check(ok=False, message=_("Threads did not answer as expected. Try again in some minutes."))


SETUP = AppSetup(
    portal=PORTAL,
    steps=(
        _("Make an app at Meta for developers, and choose the use case “Access the Threads API”."),
        _("Add the permissions threads_content_publish, threads_manage_insights and threads_delete to it."),
        _("Enter the address below as redirect callback, and also as uninstall and delete callback."),
        _("Copy the Threads app id and the Threads app secret. They are not those of the Meta app itself."),
        _(
            "Until Meta has reviewed the app, only testers can connect. Invite them under App roles; each must accept."
        ),
        _("Ask for App Review of each permission before everybody may connect."),
    ),
    check=check,
    id_label=_("Threads app id"),
    secret_label=_("Threads app secret"),
)
