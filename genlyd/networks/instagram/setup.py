"""The organisation's app at Meta: how to get one for Instagram, and a live test of what was entered."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from genlyd.networks.addresses import address
from genlyd.networks.calls import CallFailed, call
from genlyd.networks.contract import AppSetup, Check
from genlyd.networks.credentials import secret_of
from genlyd.networks.models import NetworkApp

PORTAL = "https://developers.facebook.com/apps/"
#: A code that nobody was given. Instagram says what is wrong with the app before it says that the code is unknown.
NO_CODE = "genlyd-asks-whether-the-app-is-known"


def check(app: NetworkApp) -> Check:
    """Instagram gives no token to an app alone, so it is asked to take a code that does not exist."""
    form = {
        "client_id": app.client_id, "client_secret": secret_of(app), "grant_type": "authorization_code",
        "redirect_uri": "https://localhost/", "code": NO_CODE,
    }  # fmt: skip
    try:
        answer = call(address("instagram.token"), "POST", "/oauth/access_token", form=form, read_seconds=10)
    except CallFailed:
        return Check(
            ok=False,
            message=_(
                "Instagram could not be reached from here. Check that the server may open api.instagram.com."
            ),
        )
    said = f"{answer.text('error_message')} {answer.text('error', 'message')}".lower()
    if "code" in said and "secret" not in said:
        return Check(ok=True, message=_("Instagram knows this app. Now let one person connect."))
    if "secret" in said or "app" in said or "client" in said:
        return Check(
            ok=False,
            message=_(
                "Instagram does not know this id with this secret. It wants the Instagram app id and the Instagram app "
                "secret, which are not those of the Meta app: Instagram, API setup with Instagram login."
            ),
        )
    return Check(ok=False, message=_("Instagram did not answer as expected. Try again in some minutes."))


SETUP = AppSetup(
    portal=PORTAL,
    steps=(
        _(
            "Make an app at Meta for developers, and add the product Instagram, “API setup with Instagram login”."
        ),
        _(
            "Add the permissions instagram_business_content_publish and instagram_business_manage_insights to it."
        ),
        _("Under “Set up Instagram business login”, enter the address below as redirect URL."),
        _(
            "Copy the Instagram app id and the Instagram app secret. They are not those of the Meta app itself."
        ),
        _(
            "Until Meta has reviewed the app, only testers can connect. Invite them under App roles; each must accept."
        ),
        _("Ask for App Review of each permission before everybody may connect."),
    ),
    check=check,
    id_label=_("Instagram app id"),
    secret_label=_("Instagram app secret"),
)
