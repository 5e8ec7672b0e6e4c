from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from genlyd.base.errors import Refused
from genlyd.networks.actions.connect import remember
from genlyd.networks.bluesky import app_password as app_password_session
from genlyd.networks.bluesky.domain.app_password import looks_like_app_password, tidy_handle
from genlyd.networks.bluesky.xrpc import DEFAULT_SERVER
from genlyd.networks.contract import Connected, SignIn
from genlyd.networks.domain.outcome import Outcome
from genlyd.networks.models import Account
from genlyd.people.models import Member


def connect_bluesky(*, member: Member, handle: str, app_password: str, server: str = "") -> Account:
    """Connect an account, or connect it again. The password is used once and not kept; the session is, sealed."""
    handle, app_password = tidy_handle(handle), app_password.strip().lower()
    if not looks_like_app_password(app_password):
        raise Refused(
            _("That looks like your own password, and we would rather not have it."),
            next_step=_(
                "Make an app password on Bluesky instead: it cannot change your account, and you can withdraw it."
            ),
            field="app_password",
        )
    if "." not in handle:
        handle = f"{handle}.bsky.social"
    opened = app_password_session.open_session(_address(server), handle, app_password)
    if isinstance(opened, Outcome):
        raise _refusal(opened)
    found = Connected(
        remote_id=opened.did,
        handle=opened.handle,
        server=_address(server),
        tokens=opened.tokens,
    )
    return remember(member=member, network="bluesky", found=found, sign_in=SignIn.APP_PASSWORD)


def _address(server: str) -> str:
    """Origin only: a path, a query or credentials have no business in the address of a server."""
    server = server.strip() or DEFAULT_SERVER
    if "://" not in server:
        server = f"https://{server}"
    try:
        parts = urlsplit(server)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        parts, port = None, ""
    if parts is None or parts.scheme not in {"https", "http"} or not parts.hostname or parts.username:
        raise Refused(
            _("This is not the address of a server."), next_step=_("Write it like this: https://pds.example.org"),
            field="server",
        )  # fmt: skip
    if parts.scheme == "http" and f"{parts.hostname}{port}" not in settings.PRIVATE_HOSTS_ALLOWED:
        raise Refused(
            _("This address begins with http, so your app password could be read on its way."),
            next_step=_("Write it with https."), field="server",
        )  # fmt: skip
    return f"{parts.scheme}://{parts.hostname}{port}"


def _refusal(outcome: Outcome) -> Refused:
    if outcome.status in {400, 401}:
        return Refused(
            _("Bluesky does not know this handle with this app password."),
            next_step=_("Check the handle, and make a new app password if in doubt."),
            field="app_password",
        )
    if outcome.problem == "busy":
        return Refused(_("Bluesky asks us to wait."), next_step=_("Try again in five minutes."))
    if outcome.problem == "account_closed":
        return Refused(_("Bluesky says that this account is closed or suspended."), field="handle")
    return Refused(
        _("The server could not be reached, or is not a Bluesky server."),
        next_step=_("Check its address and try again."),
        field="server",
    )
