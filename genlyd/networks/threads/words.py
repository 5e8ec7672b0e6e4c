"""What a person is told about a post on Threads: what is so, and what to do next."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from genlyd.networks.contract import Documented, Text
from genlyd.networks.domain.outcome import Kind

PROBLEMS: dict[str, Text] = {
    "permission": _(
        "Threads says that Genlyd lacks a permission. Nothing was posted. Connect again and leave every switch on."
    ),
    "blocked": _(
        "Threads is holding back posts from your account for now. Nothing was posted yet. Genlyd tries again later; "
        "look in the Threads app whether it asks you for something."
    ),
    "quota": _(
        "Threads takes 250 posts a day from an account, and yours has reached that. The post goes out when it may."
    ),
    "picture_in_the_making": _(
        "Threads is still working on the picture. The post goes out when it is ready."
    ),
    "picture_unfetched": _(
        "Threads could not fetch the picture from us. Nothing was posted. Post it by hand, and tell your administrator."
    ),
    "picture_not_taken": _(
        "Threads could not use the picture. Nothing was posted. Choose another one, at least 320 pixels wide."
    ),
    "not_reachable": _(
        "Threads fetches pictures itself, and cannot reach this installation. Nothing was posted. Post it by hand, or "
        "without the picture."
    ),
    "too_many_links": _("Threads takes at most five links. Nothing was posted. Take some out and try again."),
}

_GRAPH = "developers.facebook.com/docs/graph-api/guides/error-handling"
_TOKEN = "developers.facebook.com/docs/facebook-login/guides/access-tokens/debugging"  # noqa: S105  an address
_THREADS = "developers.facebook.com/docs/threads"
_INSTAGRAM = "developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/error-codes"

#: While preparing; of the call that publishes only 190, 102, 3, 10 and 200 to 299 are a definite no.
ERRORS: tuple[Documented, ...] = (
    Documented(500, "1", Kind.NOT_SENT, "unreachable", _GRAPH),
    Documented(500, "2", Kind.NOT_SENT, "unreachable", _GRAPH),
    Documented(400, "3", Kind.RECONNECT, "permission", _GRAPH),
    Documented(400, "4", Kind.WAIT, "busy", _GRAPH),
    Documented(403, "10", Kind.RECONNECT, "permission", _GRAPH),
    Documented(400, "17", Kind.WAIT, "busy", _GRAPH),
    Documented(400, "32", Kind.WAIT, "busy", f"{_THREADS}/overview"),
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
    # Of the publishing call: it has been said of posts that were live.
    Documented(429, "4", Kind.UNKNOWN, "unconfirmed", "github.com/gitroomhq/postiz-app/pull/1681"),
    Documented(400, "4/2207051", Kind.UNKNOWN, "unconfirmed", "github.com/gitroomhq/postiz-app/pull/1681"),
    Documented(400, "100", Kind.REJECTED, "not_accepted", _GRAPH),
    Documented(400, "THREADS_API__LINK_LIMIT_EXCEEDED", Kind.REJECTED, "too_many_links", f"{_THREADS}/posts"),
    Documented(400, "9/2207042", Kind.WAIT, "quota", _INSTAGRAM),
    Documented(
        400, "1/2207052", Kind.REJECTED, "picture_unfetched", "github.com/gitroomhq/postiz-app/issues/1364"
    ),
    Documented(400, "9004/2207052", Kind.REJECTED, "picture_unfetched", _INSTAGRAM),
    Documented(400, "36000/2207004", Kind.REJECTED, "picture_too_large", _INSTAGRAM),
    Documented(400, "36001/2207005", Kind.REJECTED, "picture_not_taken", _INSTAGRAM),
    Documented(
        400, "24/4279009", Kind.NOT_SENT, "unreachable", "github.com/nopara73/LongevityWorldCup/pull/466"
    ),
)
