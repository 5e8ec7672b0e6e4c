"""Meta fetches a picture itself, from the address it is given: no cookies, its own name, one try."""

from __future__ import annotations

import asyncio
import io
from typing import Any

import httpx2
from PIL import Image

from tests.servers.meta.answers import Wrong
from tests.servers.meta.state import State

AGENT = "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)"
MOST_BYTES = 8 * 1024 * 1024


def not_fetched(address: str) -> Wrong:
    return Wrong(
        f"The media could not be fetched from this URI: {address}", 9004, 2207052,
        title="Only photo or video can be accepted as media type.",
    )  # fmt: skip


async def fetch(state: State, address: str) -> tuple[bytes, str]:
    """The bytes and their media type. Raises Wrong when nobody answers, or not with a picture."""
    try:
        async with httpx2.AsyncClient(follow_redirects=True, timeout=10) as client:
            answer = await client.get(address, headers={"User-Agent": AGENT})
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        state.fetched.append({"url": address, "status": 0})
        raise not_fetched(address) from error
    kept = {key: answer.headers.get(key, "") for key in ("content-type", "x-robots-tag", "set-cookie")}
    state.fetched.append({"url": address, "status": answer.status_code, **kept})
    mime = answer.headers.get("content-type", "").partition(";")[0]
    if not answer.is_success or not mime.startswith("image/"):
        raise not_fetched(address)
    if len(answer.content) > MOST_BYTES:
        raise Wrong("The image size is too large.", 36000, 2207004, title="Image size too large")
    return answer.content, mime


def looked_at(data: bytes) -> Any:
    """The picture, decoded; None when it is none."""
    try:
        image = Image.open(io.BytesIO(data))
        image.load()
    except OSError:
        return None
    return image


async def decoded(data: bytes) -> Any:
    return await asyncio.to_thread(looked_at, data)
