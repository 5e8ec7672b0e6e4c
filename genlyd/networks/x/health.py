"""Does the organisation's app at X work, and may it spend anything?"""

from __future__ import annotations

import base64

from django.utils.translation import gettext as _

from genlyd.networks.addresses import address
from genlyd.networks.calls import CallFailed, call
from genlyd.networks.contract import Check
from genlyd.networks.credentials import secret_of
from genlyd.networks.models import Budget, NetworkApp

NO_SUCH_APP = 401
NO_SUCH_TOKEN = 400


def check(app: NetworkApp) -> Check:
    """The live test, free of charge: a refresh token that was never given out. X looks at the app before it."""
    proof = base64.b64encode(f"{app.client_id}:{secret_of(app)}".encode()).decode()
    form = {"grant_type": "refresh_token", "refresh_token": "genlyd-live-test"}
    try:
        answer = call(address("x"), "POST", "/2/oauth2/token", token=proof, auth="Basic", form=form)
    except CallFailed:
        return Check(
            ok=False, message=_("X could not be reached from here. Is api.x.com open for this server?")
        )
    if answer.status == NO_SUCH_APP:
        return Check(
            ok=False,
            message=_(
                "X does not know this client ID with this secret. Copy both again from the app's keys."
            ),
        )
    if answer.status != NO_SUCH_TOKEN:
        return Check(
            ok=False,
            message=_("X gave an answer that we do not know (%(status)d). Try again later.")
            % {"status": answer.status},
        )
    if not Budget.objects.filter(organisation_id=app.organisation_id, network="x", monthly__gt=0).exists():
        return Check(
            ok=True,
            message=_("X knows the app. Nothing is posted until you have set a budget for the month."),
        )
    return Check(ok=True, message=_("X knows the app."))
