"""`Shares.csv` of a copy of one's data: Date, ShareLink, ShareCommentary, SharedUrl, MediaUrl, Visibility."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime

from genlyd.networks.domain.urls import find_urls
from genlyd.networks.linkedin.domain import urns
from genlyd.networks.linkedin.domain.exports.kinds import Export, Kind, Post, Unreadable

MOST_ROWS = 20_000
LONGEST_FIELD = 50_000
_NEEDED = {"date", "sharelink", "sharecommentary"}
#: How each line break of a text is written: the line ends with a quotation mark, and the next begins with one.
_BREAK = re.compile(r'"\r?\n"')


def of_csv(content: bytes) -> Export:
    """Raises Unreadable when it is not that file."""
    reader = csv.reader(io.StringIO(_decoded(content), newline=""))
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_FIELD))
    try:
        head = [name.strip().lstrip("\ufeff").lower() for name in next(reader, [])]
        if not set(head) >= _NEEDED:
            raise Unreadable("not_theirs")
        posts = []
        for count, row in enumerate(reader):
            if count >= MOST_ROWS:
                raise Unreadable("too_large")
            if post := _post(dict(zip(head, row, strict=False))):
                posts.append(post)
    except csv.Error as error:
        raise Unreadable("not_a_file") from error
    return Export(kind=Kind.SHARES, posts=tuple(posts))


def _decoded(content: bytes) -> str:
    """LinkedIn writes UTF-8; Excel, once it has saved the file again, one of the others."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    if b"\x00" in content:
        raise Unreadable("not_a_file")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _post(row: dict[str, str]) -> Post | None:
    address = row.get("sharelink", "").strip()
    urn = urns.of_address(address)
    if not urn:
        return None
    text = _text(row.get("sharecommentary", ""))
    shared = row.get("sharedurl", "").strip()
    links = [shared] if shared.startswith("http") else []
    links += [span.url for span in find_urls(text)]
    return Post(address=address, urn=urn, at=_at(row.get("date", "")), text=text, links=tuple(links))


def _text(written: str) -> str:
    """The words as they were posted: LinkedIn puts quotation marks around every line and doubles those inside."""
    words = written.strip()
    if _BREAK.search(words) or (words.startswith('"') and words.endswith('"') and len(words) > 1):
        words = _BREAK.sub("\n", words.removeprefix('"').removesuffix('"'))
    return words.replace('""', '"').strip()


def _at(text: str) -> datetime | None:
    """Always UTC, whatever the member's own zone."""
    try:
        return datetime.strptime(text.strip(), "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return None
