"""What administrators and members read about X."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

STEPS = (
    _(
        "Sign in at console.x.com as your organisation, and create an app. X asks in a few words what it is for."
    ),
    _(
        "In the app's “User authentication settings” choose “Read and write”, and as type of app “Web App, Automated "
        "App or Bot”."
    ),
    _(
        "Enter the redirect address shown here as “Callback URI”, exactly as it stands, and your website below it."
    ),
    _("Copy the OAuth 2.0 client ID and client secret to here. X shows the secret once."),
    _("Buy credits in the console, and set a spending limit there as well: two locks hold better than one."),
    _("Say here what Genlyd may spend in a month. Without a budget nothing is posted."),
)
READS_LABEL = _("Read figures back from X")
READS_HELP = _(
    "Every look at a post costs $0.005, eight looks for each post. Off, clicks on your own links are still "
    "counted."
)
TOKEN_LIFE = _("Until the person withdraws it; renewed every two hours")
APPROVAL = _("A developer account; no vetting for posting.")
POLICY = (
    _(
        "X forbids posting identical or nearly identical texts from several accounts. Genlyd refuses a post that is "
        "too much like a colleague's about the same story, and spreads posts over a quarter of an hour."
    ),
    _(
        "X forbids giving anything for posts, in money or in points. Genlyd gives no points and keeps no ranking for "
        "anything on X, and you should promise none either."
    ),
    _("The app is your organisation's own: one app for one purpose, not shared with others."),
)
COST = _(
    "$0.015 for a post, $0.20 for a post with a link, from credits bought in advance. Genlyd stops at the month's "
    "budget."
)
