"""Which host names an organisation may bring for its links, and what their DNS must hold. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime, timedelta
from enum import Enum
from ipaddress import ip_address

import idna

LONGEST = 253
#: Names that only an intranet knows, or that no registry will ever give away.
_PRIVATE = (
    "local", "localhost", "localdomain", "internal", "intranet", "private", "lan", "home", "corp", "home.arpa",
    "onion", "invalid", "test", "alt", "arpa",
)  # fmt: skip
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
#: Where the proof is kept, below the host: a host that is a CNAME can hold nothing else itself.
PROOF_NAME = "_genlyd"
PROOF_WORD = "genlyd-links="
#: A host may be away this long before it is no longer believed, and this long before somebody is told.
AWAY, TELL = timedelta(days=7), timedelta(days=1)


class BadHost(Exception):
    """`why` says what is wrong with it."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


class Why(Enum):
    FORM = "form"
    PORT = "port"
    IP = "ip"
    OURS = "ours"
    PRIVATE = "private"


class Problem(Enum):
    """What the DNS of a host lacks; "" where all is well."""

    NONE = ""
    #: Nobody answered: says nothing about the host.
    NO_ANSWER = "no_answer"
    NO_PROOF = "no_proof"
    WRONG_PROOF = "wrong_proof"
    NO_ADDRESS = "no_address"
    #: Somewhere, but not where our links are: fine behind a proxy of theirs, a dead end otherwise.
    ELSEWHERE = "elsewhere"

    @property
    def proves(self) -> bool:
        return self in (Problem.NONE, Problem.ELSEWHERE)


def host_of(typed: str, *, ours: Collection[str]) -> str:
    """`https://Gå.Fjordkraft.dk/` -> `xn--g-2fa.fjordkraft.dk`. `ours` are the hosts of this installation.

    Raises BadHost.
    """
    host = re.sub(r"^https?://", "", typed.strip().lower()).removesuffix("/").removesuffix(".")
    if not host or len(host) > LONGEST or re.search(r"[\s/\\?#@%\x00-\x1f\x7f]", host):
        raise BadHost(Why.FORM)
    if _is_address(host):
        raise BadHost(Why.IP)
    if ":" in host:
        raise BadHost(Why.PORT if re.search(r":\d*$", host) else Why.FORM)
    try:
        host = idna.encode(host, uts46=True, std3_rules=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError):
        raise BadHost(Why.FORM) from None
    labels = host.split(".")
    # What ends in digits is an address to many programs: 0x7f.1, 127.1.
    if _is_address(host) or re.fullmatch(r"[0-9]+|0x[0-9a-f]*", labels[-1]):
        raise BadHost(Why.IP)
    if len(labels) < 2 or any(host == name or host.endswith(f".{name}") for name in _PRIVATE):  # noqa: PLR2004
        raise BadHost(Why.PRIVATE)
    if len(host) > LONGEST or not all(_LABEL.fullmatch(label) for label in labels):
        raise BadHost(Why.FORM)
    if host in ours:
        raise BadHost(Why.OURS)
    return host


def shown(host: str) -> str:
    """As people write it: `xn--g-2fa.fjordkraft.dk` -> `gå.fjordkraft.dk`."""
    try:
        return idna.decode(host)
    except (idna.IDNAError, UnicodeError):
        return host


def judged(
    *, proofs: Collection[str], wanted: str, addresses: Collection[str], ours: Collection[str]
) -> Problem:
    """What is missing: `proofs` are the TXT records found, `addresses` where the host leads, `ours` where we are."""
    if not any(text.startswith(PROOF_WORD) for text in proofs):
        return Problem.NO_PROOF
    if f"{PROOF_WORD}{wanted}" not in proofs:
        return Problem.WRONG_PROOF
    if not addresses:
        return Problem.NO_ADDRESS
    return Problem.NONE if not ours or set(addresses) & set(ours) else Problem.ELSEWHERE


def is_lost(failing_since: datetime | None, now: datetime) -> bool:
    """Away for so long that somebody else may have the host by now."""
    return failing_since is not None and now - failing_since >= AWAY


def is_to_be_told(failing_since: datetime | None, *, before: datetime | None, now: datetime) -> bool:
    """True at the one check (the last was at `before`) that finds a host away for a day."""
    if failing_since is None or now - failing_since < TELL:
        return False
    return before is None or before - failing_since < TELL


def _is_address(host: str) -> bool:
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True
