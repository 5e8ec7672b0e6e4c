"""One click on its way: the table's columns, what COPY sends of it, and one line of the spool."""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence

#: Where clicks wait to be judged.
TABLE = "links_arrival"
#: organisation, id (16 bytes), link, microseconds since 1970, visitor (16 bytes), method, user agent, referrer's host,
#: prefetch, private, country, data centre
Row = tuple[int, bytes, int, int, bytes, str, str, str, bool, bool, str, bool]
COLUMNS = (
    "organisation_id", "id", "link_id", "at", "visitor", "method", "user_agent", "referrer_host", "prefetch",
    "private", "country", "datacentre",
)  # fmt: skip
COPY = f"COPY {TABLE} ({', '.join(COLUMNS)}) FROM STDIN (FORMAT binary)"
#: What the columns after `visitor` are in a line written by an older Genlyd that did not know them.
_DEFAULTS = ["GET", "", "", False, False, "", False]

_HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_END = b"\xff\xff"
#: PostgreSQL counts microseconds from 2000 on.
_BEGINNING = 946_684_800_000_000
_SIXTEEN = 16
#: Number of columns, then each with its length before it: up to the first text, and after the last but one.
_FIRST = struct.Struct(">hiqi16siqiqi16si").pack
_LENGTH = struct.Struct(">i").pack
_TWO = struct.Struct(">i?i?i").pack
_ONE = struct.Struct(">i?").pack


def to_copy(rows: Sequence[Row]) -> memoryview:
    """All of them in PostgreSQL's binary COPY format. Written out by hand: it is on every visitor's way."""
    parts = [_HEAD]
    add = parts.append
    for row in rows:
        (
            organisation,
            click,
            link,
            at,
            visitor,
            method,
            agent,
            referrer,
            prefetch,
            private,
            country,
            centre,
        ) = row
        how, by, whence, where = method.encode(), agent.encode(), referrer.encode(), country.encode()
        add(
            _FIRST(12, 8, organisation, 16, click, 8, link, 8, at - _BEGINNING, 16, visitor, len(how))
            + how + _LENGTH(len(by)) + by + _LENGTH(len(whence)) + whence
            + _TWO(1, prefetch, 1, private, len(where)) + where + _ONE(1, centre)
        )  # fmt: skip
    add(_END)
    return memoryview(b"".join(parts))  # asyncpg takes bytes for the name of a file


def to_line(row: Row) -> bytes:
    organisation, click, link, at, visitor, *rest = row
    return json.dumps([organisation, click.hex(), link, at, visitor.hex(), *rest]).encode() + b"\n"


def from_line(line: bytes) -> Row:
    """Raises ValueError for half a line, and for one that a newer Genlyd wrote."""
    try:
        organisation, click, link, at, visitor, *rest = json.loads(line)
        rest += _DEFAULTS[len(rest) :]
        if len(rest) != len(_DEFAULTS):
            raise ValueError("columns of a newer version")
        row = organisation, bytes.fromhex(click), link, at, bytes.fromhex(visitor), *rest
        if len(row[1]) != _SIXTEEN or len(row[4]) != _SIXTEEN:
            raise ValueError("an id or a visitor of another length")
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(str(error)) from error
    return row
