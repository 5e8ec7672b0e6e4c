"""Handles, DIDs and DID documents: what they may look like, and what is believed of them. All of it is hostile."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

LONGEST_HANDLE = 253
LONGEST_DID = 200
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HANDLE = re.compile(rf"(?:{_LABEL}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])?")
_PLC = re.compile(r"did:plc:[a-z2-7]{24}")
#: Host only: a path is not allowed in atproto, a port only on the developer's own machine.
_WEB = re.compile(rf"did:web:((?:{_LABEL}\.)*{_LABEL}(?:%3a[0-9]{{2,5}})?)", re.IGNORECASE)
PDS = ("#atproto_pds", "AtprotoPersonalDataServer")


@dataclass(frozen=True)
class Identity:
    """`handle` is "" when the document claims none; `pds` is an origin."""

    did: str
    handle: str
    pds: str


def is_handle(value: str) -> bool:
    return len(value) <= LONGEST_HANDLE and bool(_HANDLE.fullmatch(value))


def is_did(value: str) -> bool:
    return len(value) <= LONGEST_DID and bool(_PLC.fullmatch(value) or _WEB.fullmatch(value))


def did_in_txt(records: Iterable[str]) -> str:
    """The DID of `_atproto.<handle>`; "" when there is none, or more than one."""
    found = {record[4:].strip() for record in records if record.startswith("did=")}
    return _if_did(found.pop()) if len(found) == 1 else ""


def did_in_page(body: bytes) -> str:
    """The DID of `/.well-known/atproto-did`."""
    return _if_did(body[:LONGEST_DID].decode("ascii", "replace").strip())


def _if_did(value: str) -> str:
    return value if is_did(value) else ""


def document_address(did: str, directory: str) -> str:
    """Where the document of this DID is fetched. `directory` is the origin of the PLC directory."""
    if _PLC.fullmatch(did):
        return f"{directory}/{did}"
    if found := _WEB.fullmatch(did):
        host = unquote(found.group(1)).lower()
        scheme = "http" if host.partition(":")[0] in {"localhost", "127.0.0.1"} else "https"
        return f"{scheme}://{host}/.well-known/did.json"
    raise ValueError(did)


def from_document(did: str, body: bytes) -> Identity | None:
    """What the DID's document says; None when it is not this DID's, or names no server."""
    document = read(body)
    if document is None or document.get("id") != did:
        return None
    pds = next(
        (origin(one.get("serviceEndpoint")) for one in _things(document, "service") if _is_pds(one, did)), ""
    )
    names = [name for name in _list(document, "alsoKnownAs") if isinstance(name, str)]
    handle = next((name[5:].lower() for name in names if name.startswith("at://")), "")
    return Identity(did, handle if is_handle(handle) else "", pds) if pds else None


def _is_pds(service: dict[str, Any], did: str) -> bool:
    return service.get("id") in {PDS[0], did + PDS[0]} and service.get("type") == PDS[1]


def read(body: bytes) -> dict[str, Any] | None:
    """A JSON object, or None."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _list(document: dict[str, Any], key: str) -> list[Any]:
    found = document.get(key)
    return found if isinstance(found, list) else []


def _things(document: dict[str, Any], key: str) -> list[dict[str, Any]]:
    return [one for one in _list(document, key) if isinstance(one, dict)]


def origin(value: object) -> str:
    """The address when it is nothing but an origin (a slash at its end is forgiven), else ""."""
    if not isinstance(value, str):
        return ""
    value = value.removesuffix("/")
    try:
        parts = urlsplit(value)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    if parts.scheme not in {"https", "http"} or not host:
        return ""
    return value if value == f"{parts.scheme}://{host}{port}" else ""
