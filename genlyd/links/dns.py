"""Asks the DNS whether a host is an organisation's and leads here."""

from __future__ import annotations

from urllib.parse import urlsplit

import dns.exception
import dns.resolver
from django.conf import settings

from genlyd.links.domain.hosts import PROOF_NAME, Problem, judged

#: Seconds for one question, all tries together.
PATIENCE = 4.0


def look(host: str, proof: str) -> Problem:
    """What the DNS says about a host now."""
    try:
        proofs = _texts(f"{PROOF_NAME}.{host}")
        return judged(proofs=proofs, wanted=proof, addresses=_addresses(host), ours=_addresses(link_host()))
    except (dns.resolver.NoNameservers, dns.exception.Timeout, OSError):
        return Problem.NO_ANSWER
    except dns.exception.DNSException:
        return Problem.NO_PROOF


def link_host() -> str:
    """The host of the installation's own short links: what an organisation's host must lead to."""
    return urlsplit(settings.LINK_URL).hostname or ""


def _resolver() -> dns.resolver.Resolver:
    server = settings.DNS_SERVER
    if not server:
        return dns.resolver.get_default_resolver()
    host, colon, port = server.rpartition(":")
    found = dns.resolver.Resolver(configure=False)
    found.nameservers, found.port = [host if colon else server], int(port) if colon else 53
    return found


def _ask(name: str, kind: str) -> list[str]:
    """The answers; none where there is no such name or record."""
    try:
        # A name with a dot at its end is asked as it is: a resolver's search list must not complete it.
        found = _resolver().resolve(f"{name}.", kind, lifetime=PATIENCE, search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    return [record.to_text() for record in found]


def _texts(name: str) -> list[str]:
    """TXT records, their parts joined as the standard says."""
    try:
        found = _resolver().resolve(f"{name}.", "TXT", lifetime=PATIENCE, search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    return [b"".join(record.strings).decode("utf-8", "replace").strip() for record in found]


def _addresses(host: str) -> list[str]:
    """Where a host leads, through any CNAME."""
    return [*_ask(host, "A"), *_ask(host, "AAAA")] if "." in host else []
