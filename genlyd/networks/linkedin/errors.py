"""Every error that LinkedIn documents for posting, or that others have met, and what it means here."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from genlyd.networks.contract import Documented, Text
from genlyd.networks.domain.outcome import Kind

_HANDLING = "learn.microsoft.com/linkedin/shared/api-guide/concepts/error-handling"
_LIMITS = "learn.microsoft.com/linkedin/shared/api-guide/concepts/rate-limits"
_POSTS = "learn.microsoft.com/linkedin/marketing/community-management/shares/posts-api"

ERRORS = (
    Documented(400, "", Kind.REJECTED, "not_accepted", _HANDLING),
    Documented(401, "65600", Kind.RECONNECT, "reconnect", _HANDLING),
    Documented(401, "65601", Kind.RECONNECT, "reconnect", "omniauth-linkedin-openid#6"),
    Documented(401, "65602", Kind.RECONNECT, "reconnect", _HANDLING),
    Documented(401, "65604", Kind.RECONNECT, "reconnect", _HANDLING),
    Documented(403, "100", Kind.RECONNECT, "permission", _HANDLING),
    Documented(404, "", Kind.UNKNOWN, "unconfirmed", _HANDLING),
    Documented(405, "", Kind.UNKNOWN, "unconfirmed", _HANDLING),
    Documented(409, "", Kind.UNKNOWN, "unconfirmed", _HANDLING),
    Documented(411, "", Kind.UNKNOWN, "unconfirmed", _HANDLING),
    Documented(422, "", Kind.REJECTED, "not_accepted", _POSTS),
    Documented(422, "FIELD_LENGTH_TOO_LONG", Kind.REJECTED, "too_long", _POSTS),
    Documented(422, "DUPLICATE_POST", Kind.DUPLICATE, "duplicate", "Linkedin-RSS#5, composio#2710"),
    Documented(426, "NONEXISTENT_VERSION", Kind.WAIT, "version", "n8n#28559, composio#4320, postiz-app#2005"),
    Documented(429, "101", Kind.WAIT, "busy", _LIMITS),
    Documented(500, "", Kind.UNKNOWN, "unconfirmed", _HANDLING),
    Documented(502, "", Kind.UNKNOWN, "unconfirmed", _HANDLING),
    Documented(503, "", Kind.UNKNOWN, "unconfirmed", _HANDLING),
    Documented(504, "", Kind.UNKNOWN, "unconfirmed", _HANDLING),
)  # fmt: skip

#: In words for the person whose post it is: what happened, and what to do.
PROBLEMS: dict[str, Text] = {
    "permission": _(
        "LinkedIn says that Genlyd may not post for you. Connect again and say yes to posting. Nothing was posted."
    ),
    "version": _(
        "LinkedIn has changed, and your administrator has been told. The post goes out when they have entered the "
        "new version; you need do nothing. Nothing was posted yet."
    ),
    "busy": _(
        "LinkedIn takes no more from you just now. The post goes out later by itself. Nothing was posted yet."
    ),
    "duplicate": _(
        "LinkedIn says that you have posted these words before. Look at your profile; if the post is not there, "
        "write it differently and try again."
    ),
    "too_long": _("LinkedIn found the text too long. Shorten it and try again. Nothing was posted."),
    "picture_not_ready": _("LinkedIn is still looking at the picture. The post follows in a moment."),
    "picture_too_large": _(
        "The picture has more than 36 million pixels, and LinkedIn takes no larger one. Choose another. "
        "Nothing was posted."
    ),
    "stale_session": _("LinkedIn has not heard of your new connection yet. The post goes out in a moment."),
}
