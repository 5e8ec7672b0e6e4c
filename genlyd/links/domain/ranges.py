"""Ranges of internet addresses, asked for every click: sorted once, then found by halving."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from ipaddress import ip_network
from socket import AF_INET, AF_INET6, inet_pton

#: An IPv4 address written as an IPv6 one: ::ffff:192.0.2.1.
_MAPPED = b"\0" * 10 + b"\xff\xff"


class NotARange(ValueError):
    """A line is neither a network (192.0.2.0/24) nor an address. `line` counts from 1."""

    def __init__(self, line: int, text: str) -> None:
        super().__init__(f"line {line}: {text[:60]!r} is not a range of addresses")
        self.line = line


def packed(address: str) -> bytes | None:
    """4 or 16 bytes; None for what is no address. An IPv4 address is the same in both spellings."""
    try:
        if ":" not in address:
            return inet_pton(AF_INET, address)
        raw = inet_pton(AF_INET6, address.partition("%")[0])
    except (OSError, ValueError):
        return None
    return raw[12:] if raw.startswith(_MAPPED) else raw


@dataclass(frozen=True, slots=True)
class Ranges:
    """First and last address of every range, in order and apart from each other; IPv4 and IPv6 by themselves."""

    first_4: Sequence[int] = ()
    last_4: Sequence[int] = ()
    first_6: Sequence[int] = ()
    last_6: Sequence[int] = ()

    def __len__(self) -> int:
        return len(self.first_4) + len(self.first_6)

    def hold(self, address: str) -> bool:
        raw = packed(address)
        if raw is None:
            return False
        first, last = (self.first_4, self.last_4) if len(raw) == 4 else (self.first_6, self.last_6)  # noqa: PLR2004
        number = int.from_bytes(raw, "big")
        place = bisect_right(first, number) - 1
        return place >= 0 and number <= last[place]


def ranges(lines: Iterable[str]) -> Ranges:
    """One network or address per line, in any order, overlapping or not; `#` begins a remark. Raises NotARange."""
    found: dict[int, list[tuple[int, int]]] = {4: [], 6: []}
    for number, line in enumerate(lines, start=1):
        text = line.partition("#")[0].strip()
        if not text:
            continue
        try:
            network = ip_network(text, strict=False)
        except ValueError:
            raise NotARange(number, text) from None
        found[network.version].append((int(network.network_address), int(network.broadcast_address)))
    first_4, last_4 = _apart(found[4])
    first_6, last_6 = _apart(found[6])
    # Four bytes each instead of an object each; the longer ones do not fit into any machine's number.
    return Ranges(array("I", first_4), array("I", last_4), first_6, last_6)


def _apart(spans: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    first: list[int] = []
    last: list[int] = []
    for begin, end in sorted(spans):
        if last and begin <= last[-1] + 1:
            last[-1] = max(last[-1], end)
        else:
            first.append(begin)
            last.append(end)
    return first, last
