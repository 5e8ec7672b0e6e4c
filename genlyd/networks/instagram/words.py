"""What a person is told about a post on Instagram: what is so, and what to do next."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from genlyd.networks.contract import Documented, Text
from genlyd.networks.domain.outcome import Kind
from genlyd.networks.instagram.domain.errors import MEANINGS

PROBLEMS: dict[str, Text] = {
    "permission": _(
        "Instagram says that Genlyd lacks a permission. Nothing was posted. Connect again and leave every switch on."
    ),
    "restricted": _(
        "Instagram has restricted your account. Nothing was posted. Open the Instagram app, do what it asks, and "
        "connect again here."
    ),
    "blocked": _(
        "Instagram is holding back posts from your account for now. Nothing was posted yet. Genlyd tries again later; "
        "look in the Instagram app whether it asks you for something."
    ),
    "quota": _(
        "Instagram takes only so many posts a day from an account, and yours has reached that. "
        "The post goes out when it may."
    ),
    "picture_in_the_making": _(
        "Instagram is still working on the picture. The post goes out when it is ready."
    ),
    "picture_missing": _(
        "Instagram takes no post without a picture. Nothing was posted. Choose a picture for it."
    ),
    "picture_unfetched": _(
        "Instagram could not fetch the picture from us. Nothing was posted. Post it by hand, and tell your "
        "administrator."
    ),
    "picture_not_taken": _("Instagram could not use the picture. Nothing was posted. Choose another one."),
    "picture_shape": _(
        "Instagram takes pictures from 4:5 upright to 1.91:1 across. Nothing was posted. Crop it, or post it by hand: "
        "the app lets you choose the part."
    ),
    "not_reachable": _(
        "Instagram fetches pictures itself, and cannot reach this installation. Nothing was posted. Post it by hand."
    ),
    "caption_too_long": _(
        "Instagram takes 2200 characters and 30 hashtags. Nothing was posted. Say it shorter and try again."
    ),
    "too_many_names": _(
        "Instagram takes at most 20 names in a text. Nothing was posted. Take some out and try again."
    ),
}

_GRAPH = "developers.facebook.com/docs/graph-api/guides/error-handling"
_TOKEN = "developers.facebook.com/docs/facebook-login/guides/access-tokens/debugging"  # noqa: S105  an address
_INSTAGRAM = "developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/error-codes"
_LIED = "github.com/gitroomhq/postiz-app/pull/1681"

#: While preparing; of the call that publishes only a token or a permission is a definite no.
ERRORS: tuple[Documented, ...] = (
    Documented(500, "1", Kind.NOT_SENT, "unreachable", _GRAPH),
    Documented(500, "2", Kind.NOT_SENT, "unreachable", _GRAPH),
    Documented(400, "3", Kind.RECONNECT, "permission", _GRAPH),
    Documented(400, "4", Kind.WAIT, "busy", _GRAPH),
    Documented(403, "10", Kind.RECONNECT, "permission", _GRAPH),
    Documented(400, "17", Kind.WAIT, "busy", _GRAPH),
    Documented(400, "32", Kind.WAIT, "busy", _GRAPH),
    Documented(400, "102", Kind.RECONNECT, "reconnect", _GRAPH),
    Documented(400, "190", Kind.RECONNECT, "reconnect", _GRAPH),
    *(
        Documented(400, f"190/{subcode}", Kind.RECONNECT, "reconnect", _TOKEN)
        for subcode in (458, 459, 460, 463, 464, 467, 492)
    ),
    Documented(403, "200", Kind.RECONNECT, "permission", _GRAPH),
    Documented(403, "299", Kind.RECONNECT, "permission", _GRAPH),
    Documented(400, "341", Kind.WAIT, "busy", _GRAPH),
    Documented(400, "368", Kind.WAIT, "blocked", _GRAPH),
    Documented(400, "613", Kind.WAIT, "busy", _GRAPH),
    Documented(400, "100", Kind.REJECTED, "not_accepted", _GRAPH),
    *(Documented(400, code, found.kind, found.problem, _INSTAGRAM) for code, found in MEANINGS.items()),
    # Of the publishing call: it has been said of posts that were live.
    Documented(429, "4", Kind.UNKNOWN, "unconfirmed", _LIED),
    Documented(400, "4/2207051", Kind.UNKNOWN, "unconfirmed", _LIED),
)
