"""Finding a post of ours again among the statuses of its author. The server has rewritten it as HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

_TAG = re.compile(r"<[^>]*>")
#: A server shows @name@server as @name.
_FAR_HANDLE = re.compile(r"(@[\w.-]+)@[\w.-]+\w")


def written(content: str) -> str:
    """What people read of a status, without its line breaks: those are the server's own."""
    return html.unescape(_TAG.sub("", content))


def _bare(text: str) -> str:
    """Letters and figures alone: what survives quotes, breaks, short codes and shortened addresses."""
    return "".join(one for one in _FAR_HANDLE.sub(r"\1", text).casefold() if one.isalnum())


def instant(value: object) -> datetime | None:
    """An ISO time; without a zone it is UTC. None when it cannot be read."""
    try:
        at = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def is_ours(status: Mapping[str, Any], *, text: str, link: str, since: datetime) -> bool:
    """The link is drawn for one delivery alone, so it decides; without one the words do, written since then."""
    content = str(status.get("content") or "")
    if status.get("reblog"):
        return False
    if link:
        # In the words, or in the address of a link whose words were shortened.
        return link in html.unescape(content)
    at = instant(status.get("created_at"))
    return bool(at and at >= since and _bare(written(content)) == _bare(text))
