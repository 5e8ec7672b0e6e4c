"""One click on its way: the table's columns, and one line of the spool."""

from __future__ import annotations

import json
import uuid
from datetime import datetime

#: Where clicks wait to be judged.
TABLE = "links_arrival"
#: organisation, id, link, at, visitor, method, user agent, referrer's host, prefetch,
#: private, country, data centre
Row = tuple[int, uuid.UUID, int, datetime, bytes, str, str, str, bool, bool, str, bool]
COLUMNS = (
    "organisation_id", "id", "link_id", "at", "visitor", "method", "user_agent", "referrer_host", "prefetch",
    "private", "country", "datacentre",
)  # fmt: skip
#: What the columns after `visitor` are in a line written by an older Genlyd that did not know them.
_DEFAULTS = ["GET", "", "", False, False, "", False]


def to_line(row: Row) -> bytes:
    organisation, click, link, at, visitor, *rest = row
    return json.dumps([organisation, click.hex, link, at.isoformat(), visitor.hex(), *rest]).encode() + b"\n"


def from_line(line: bytes) -> Row:
    """Raises ValueError for half a line, and for one that a newer Genlyd wrote."""
    try:
        organisation, click, link, at, visitor, *rest = json.loads(line)
        rest += _DEFAULTS[len(rest) :]
        if len(rest) != len(_DEFAULTS):
            raise ValueError("columns of a newer version")
        return (
            organisation, uuid.UUID(click), link, datetime.fromisoformat(at), bytes.fromhex(visitor), *rest,
        )  # fmt: skip
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(str(error)) from error
