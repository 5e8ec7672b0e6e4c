"""From a handle to the server where its owner signs in. Every answer on the way may come from somebody hostile."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import dns.exception
import dns.resolver
import structlog
from django.conf import settings
from django.utils.translation import gettext as _

from genlyd.base.errors import Refused
from genlyd.base.http import NotFetched, fetch
from genlyd.networks import calls
from genlyd.networks.addresses import address
from genlyd.networks.bluesky.domain import identity, server
from genlyd.networks.bluesky.domain.identity import Identity
from genlyd.networks.bluesky.domain.server import AuthServer

log = structlog.get_logger(__name__)
SECONDS = 5.0
#: A DID document or a server's metadata is a few kilobytes.
MOST_BYTES = 100_000


def did_of(handle: str) -> str:
    """The DID that the handle's domain names; "" when it names none. Not yet confirmed by the DID itself."""
    if directory := address("bluesky.handles"):
        return _did_from_directory(directory, handle)
    return _did_from_dns(handle) or _did_from_site(handle)


def _did_from_directory(directory: str, handle: str) -> str:
    try:
        answer = calls.call(
            directory, "GET", "/xrpc/com.atproto.identity.resolveHandle", params={"handle": handle},
            read_seconds=SECONDS,
        )  # fmt: skip
    except calls.CallFailed:
        return ""
    did = answer.text("did") if answer.ok else ""
    return did if identity.is_did(did) else ""


def _did_from_dns(handle: str) -> str:
    try:
        found = dns.resolver.resolve(f"_atproto.{handle}", "TXT", lifetime=3, search=False)
    except (dns.exception.DNSException, OSError):
        return ""
    texts = (b"".join(row.strings).decode("ascii", "replace") for row in found)
    return identity.did_in_txt(texts)


def _did_from_site(handle: str) -> str:
    try:
        page = fetch(f"https://{handle}/.well-known/atproto-did", most_bytes=2000, seconds=SECONDS)
    except NotFetched:
        return ""
    return identity.did_in_page(page.body) if page.ok else ""


def identity_of(did: str) -> Identity:
    """What the DID says of itself. Raises Refused."""
    try:
        page = fetch(
            identity.document_address(did, address("bluesky.plc")), most_bytes=MOST_BYTES, seconds=SECONDS,
            accept="application/did+ld+json, application/json",
        )  # fmt: skip
    except NotFetched as error:
        log.info("did_not_fetched", did=did, detail=error.detail)
        raise _away() from error
    found = identity.from_document(did, page.body) if page.ok else None
    if found is None:
        raise unknown_handle()
    return found


def account_of(handle: str) -> Identity:
    """Both ways: the handle names the DID, and the DID names the handle. Raises Refused."""
    did = did_of(handle) if identity.is_handle(handle) else ""
    if not did:
        raise unknown_handle()
    found = identity_of(did)
    if found.handle != handle:
        raise unknown_handle()
    return found


def server_of(pds: str) -> AuthServer:
    """Where people of this PDS sign in. Raises Refused."""
    issuer = server.only_server(_document(pds, "/.well-known/oauth-protected-resource"))
    found = None
    if issuer and is_safe(issuer):
        found = server.from_metadata(issuer, _document(issuer, "/.well-known/oauth-authorization-server"))
    if found is None:
        raise Refused(
            _("Your server does not offer this way of connecting."),
            next_step=_("Use an app password instead: you find it under “Other ways”."),
        )
    return found


def _document(origin: str, path: str) -> Any:
    """A redirect is an answer like any other that is not the document: atproto forbids following it."""
    if not is_safe(origin):
        raise _away()
    try:
        answer = calls.call(origin, "GET", path, read_seconds=SECONDS)
    except calls.CallFailed as error:
        raise _away() from error
    return answer.body if answer.ok else None


def is_safe(address_: str) -> bool:
    """Tokens travel in https only, except to a host the administrator has allowed by name."""
    parts = urlsplit(address_)
    return parts.scheme == "https" or parts.netloc in settings.PRIVATE_HOSTS_ALLOWED


def unknown_handle() -> Refused:
    return Refused(
        _("We cannot find this handle."),
        next_step=_("Check the spelling. It looks like name.bsky.social, and you see it on your profile."),
        field="handle",
    )


def _away() -> Refused:
    return Refused(
        _("The server of this account does not answer."),
        next_step=_("Try again in a while."),
    )
