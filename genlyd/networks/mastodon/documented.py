"""What Mastodon documents to go wrong, and what that means here. Sentences may be translated: the status decides."""

from __future__ import annotations

from genlyd.networks.contract import Documented
from genlyd.networks.domain.outcome import Kind

DOCS = "docs.joinmastodon.org/methods/"
SOURCE = "mastodon/mastodon app/controllers/"

ERRORS = (
    Documented(401, "The access token is invalid", Kind.RECONNECT, "reconnect", f"{DOCS}statuses#create"),
    Documented(401, "The access token was revoked", Kind.RECONNECT, "reconnect", f"{DOCS}statuses#create"),
    Documented(
        403, "This action is outside the authorized scopes", Kind.RECONNECT, "mastodon_scope", f"{DOCS}oauth"
    ),
    Documented(
        403,
        "Your login is currently disabled",
        Kind.RECONNECT,
        "account_closed",
        f"{SOURCE}api/base_controller.rb",
    ),
    Documented(
        403,
        "Your login is missing a confirmed e-mail address",
        Kind.RECONNECT,
        "account_closed",
        f"{SOURCE}api/base_controller.rb",
    ),
    Documented(
        403,
        "This action is not allowed",
        Kind.REJECTED,
        "mastodon_forbidden",
        f"{DOCS}accounts",
    ),
    Documented(413, "", Kind.REJECTED, "picture_too_large", f"{DOCS}media"),
    Documented(
        422, "Validation failed: Text can't be blank", Kind.REJECTED, "not_accepted", f"{DOCS}statuses#create"
    ),
    Documented(
        422,
        "Validation failed: File content type is invalid, File is invalid",
        Kind.REJECTED,
        "not_accepted",
        f"{DOCS}media#v2",
    ),
    Documented(429, "Too many requests", Kind.WAIT, "busy", "docs.joinmastodon.org/api/rate-limits"),
    Documented(
        500, "Error processing thumbnail for uploaded media", Kind.UNKNOWN, "unconfirmed", f"{DOCS}media#v2"
    ),
    Documented(
        503,
        "There was a temporary problem serving your request, please try again",
        Kind.UNKNOWN,
        "unconfirmed",
        f"{SOURCE}concerns/api/error_handling.rb",
    ),
)
