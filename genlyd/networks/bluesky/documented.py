"""Every error that atproto documents for the calls we make, and what it means here. A test holds `judge` against it."""

from __future__ import annotations

from genlyd.networks.contract import Documented
from genlyd.networks.domain.outcome import Kind

_XRPC = "atproto.com/specs/xrpc#error-responses"
_AUTH = "@atproto/pds auth-verifier"
_OAUTH = "atproto.com/specs/oauth#demonstrating-proof-of-possession-dpop"
_PUT = "lexicons com.atproto.repo.putRecord"
_SERVER = "lexicons com.atproto.server.createSession"
_LIMITS = "docs.bsky.app/docs/advanced-guides/rate-limits"
_SCOPES = "atproto.com/specs/permission"

ERRORS = (
    Documented(400, "ExpiredToken", Kind.NOT_SENT, "stale_session", _AUTH),
    Documented(400, "InvalidToken", Kind.NOT_SENT, "stale_session", _AUTH),
    Documented(401, "invalid_token", Kind.NOT_SENT, "stale_session", _OAUTH),
    Documented(401, "use_dpop_nonce", Kind.NOT_SENT, "stale_session", _OAUTH),
    Documented(401, "invalid_dpop_proof", Kind.NOT_SENT, "stale_session", _OAUTH),
    Documented(401, "AuthMissing", Kind.RECONNECT, "reconnect", _AUTH),
    Documented(401, "AuthenticationRequired", Kind.RECONNECT, "reconnect", _XRPC),
    Documented(403, "ScopeMissingError", Kind.RECONNECT, "reconnect", _SCOPES),
    Documented(401, "AccountTakedown", Kind.RECONNECT, "account_closed", _SERVER),
    Documented(400, "AccountDeactivated", Kind.RECONNECT, "account_closed", _AUTH),
    Documented(400, "AccountSuspended", Kind.RECONNECT, "account_closed", _AUTH),
    Documented(400, "InvalidRequest", Kind.REJECTED, "not_accepted", _XRPC),
    Documented(413, "PayloadTooLarge", Kind.REJECTED, "picture_too_large", _XRPC),
    Documented(400, "BlobTooLarge", Kind.REJECTED, "picture_too_large", "@atproto/pds blob store"),
    Documented(429, "RateLimitExceeded", Kind.WAIT, "busy", _LIMITS),
    # Something stands under our own key already: a look says what.
    Documented(400, "InvalidSwap", Kind.UNKNOWN, "unconfirmed", _PUT),
    Documented(403, "Forbidden", Kind.UNKNOWN, "unconfirmed", _XRPC),
    Documented(500, "InternalServerError", Kind.UNKNOWN, "unconfirmed", _XRPC),
    Documented(501, "MethodNotImplemented", Kind.UNKNOWN, "unconfirmed", _XRPC),
    Documented(502, "UpstreamFailure", Kind.UNKNOWN, "unconfirmed", _XRPC),
    Documented(503, "NotEnoughResources", Kind.UNKNOWN, "unconfirmed", _XRPC),
    Documented(504, "UpstreamTimeout", Kind.UNKNOWN, "unconfirmed", _XRPC),
)
