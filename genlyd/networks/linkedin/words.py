"""What administrators and members read about LinkedIn."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

STEPS = (
    _(
        "Sign in to LinkedIn as somebody who administers your organisation's Page, and choose “Create app”. "
        "Name the Page."
    ),
    _("On the app's “Settings”, have the Page verify the app. Only an administrator of the Page can."),
    _(
        "On “Products”, request “Sign In with LinkedIn using OpenID Connect” and “Share on LinkedIn”. "
        "Both are given at once."
    ),
    _("On “Auth”, add the redirect address shown here, exactly as it stands."),
    _("Copy the client ID and the client secret from “Auth” to here."),
)
VERSION_LABEL = _("API version")
VERSION_HELP = _(
    "Year and month, like 202609. LinkedIn ends each version after about a year; we tell you a month before."
)
ANALYTICS_LABEL = _("LinkedIn has given this app “Community Management API”")
ANALYTICS_HELP = _(
    "Then impressions, reactions and followers are read back for people who connect from now on."
)
TOKEN_LIFE = _("60 days, then the person connects again")
APPROVAL = _("Posting: none. Figures: LinkedIn vets the organisation (Community Management API).")
POLICY = (
    _(
        "What LinkedIn tells about a member's posts is that member's. It is deleted after a year, and left out of "
        "exports that name people."
    ),
    _(
        "LinkedIn forbids posting for somebody without their knowing the words. Genlyd sends only what the person "
        "has written and sent."
    ),
    _(
        "150 requests a day for each member, 100,000 for the app. Genlyd counts, because LinkedIn does not say how "
        "many are left."
    ),
)
COST = _("Free.")
