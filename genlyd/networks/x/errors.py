"""Every error that X documents for posting, or that others have met, and what it means here."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from genlyd.networks.contract import Documented, Text
from genlyd.networks.domain.outcome import Kind

_CODES = "docs.x.com/x-api/fundamentals/response-codes-and-errors"
_LENGTH = "docs.x.com/fundamentals/counting-characters"
_MEDIA = "docs.x.com/x-api/media/introduction"
_PRICES = "docs.x.com/x-api/getting-started/pricing"
_LIMITS = "docs.x.com/x-api/fundamentals/rate-limits"

ERRORS = (
    Documented(400, "invalid-request", Kind.REJECTED, "not_accepted", _CODES),
    Documented(400, "Your Tweet text is too long.", Kind.REJECTED, "too_long", _LENGTH),
    Documented(400, "Your media IDs are invalid.", Kind.REJECTED, "picture_expired", _MEDIA),
    Documented(401, "Unauthorized", Kind.NOT_SENT, "stale_session", _CODES),
    Documented(402, "credits", Kind.WAIT, "no_credits", f"{_PRICES}; ethernal#1324"),
    Documented(403, "duplicate content", Kind.DUPLICATE, "duplicate", "akrherz/iembot#163"),
    Documented(403, "client-forbidden", Kind.WAIT, "app_forbidden", _CODES),
    Documented(403, "suspended", Kind.RECONNECT, "account_closed", _CODES),
    Documented(403, "Forbidden", Kind.REJECTED, "forbidden", _CODES),
    Documented(404, "resource-not-found", Kind.UNKNOWN, "unconfirmed", _CODES),
    Documented(409, "Conflict", Kind.UNKNOWN, "unconfirmed", _CODES),
    Documented(413, "", Kind.REJECTED, "picture_too_large", "docs.x.com/x-api/media/quickstart/best-practices"),
    Documented(429, "rate-limit-exceeded", Kind.WAIT, "busy", _LIMITS),
    Documented(429, "usage-capped", Kind.WAIT, "usage_capped", _CODES),
    Documented(500, "internal-error", Kind.UNKNOWN, "unconfirmed", _CODES),
    Documented(502, "", Kind.UNKNOWN, "unconfirmed", _CODES),
    Documented(503, "", Kind.UNKNOWN, "unconfirmed", _CODES),
    Documented(504, "", Kind.UNKNOWN, "unconfirmed", _CODES),
)  # fmt: skip

#: In words for the person whose post it is: what happened, and what to do.
PROBLEMS: dict[str, Text] = {
    "no_credits": _(
        "Your organisation has no credit left at X. Your administrator can buy more; the post goes out then. Or call "
        "it off and share it yourself. Nothing was posted yet."
    ),
    "usage_capped": _(
        "X takes no more from your organisation this month. Call it off and share it yourself. Nothing was posted yet."
    ),
    "app_forbidden": _(
        "X does not let your organisation's app post. Your administrator can mend that; the post goes out then. "
        "Nothing was posted yet."
    ),
    "forbidden": _(
        "X does not let you post this. Open X and see whether it asks something of you, then try again. "
        "Nothing was posted."
    ),
    "busy": _("X takes no more from you just now. The post goes out later by itself. Nothing was posted yet."),
    "duplicate": _("You have posted these words on X before. Write it differently and try again."),
    "too_long": _("X found the text too long. Shorten it and try again. Nothing was posted."),
    "picture_expired": _(
        "X no longer has the picture that was sent ahead. Open the post, save it again, and the picture is sent anew. "
        "Nothing was posted."
    ),
    "picture_too_large": _("X takes pictures of up to 5 MB. Choose a smaller one. Nothing was posted."),
    "account_closed": _("X says that your account is locked or suspended. Open X to see why, then connect again."),
}  # fmt: skip
