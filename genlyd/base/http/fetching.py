from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

import httpx2

from genlyd.base.http.addresses import Resolver, checked, system_resolver
from genlyd.base.http.client import allowed_hosts, no_cookies, user_agent
from genlyd.base.http.errors import NotReachable, TooLarge, TooManyRedirects, TooSlow
from genlyd.base.http.transport import Backend, Deadline, Transport

MOST_HOPS = 5
_REDIRECTS = {301, 302, 303, 307, 308}
_FOR_GOOD = {301, 308}
_PERSONAL = {"authorization", "cookie", "proxy-authorization"}


@dataclass(frozen=True)
class Fetched:
    """What an address answered. `body` is empty unless the status is 2xx.

    `url` is where the answer came from; `lives_at` is how far permanent redirects alone led: the address to
    remember instead of the one that was asked for.
    """

    status: int
    url: str
    lives_at: str
    headers: httpx2.Headers
    body: bytes

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300  # noqa: PLR2004

    @property
    def content_type(self) -> str:
        """The media type without parameters, in lower case."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


def fetch(
    url: str,
    *,
    method: str = "GET",
    accept: str = "*/*",
    most_bytes: int = 2_000_000,
    seconds: float = 10.0,
    headers: Mapping[str, str] | None = None,
    resolver: Resolver = system_resolver,
) -> Fetched:
    """GET (or HEAD) an address, following at most five redirects, each checked like the first.

    `seconds` limits everything together, `most_bytes` the body as sent and as unpacked. Raises NotFetched; an
    answer of any status is no error.
    """
    allowed = allowed_hosts()
    backend = Backend(allowed=allowed, resolver=resolver, deadline=Deadline(seconds))
    sent = {
        **(headers or {}),
        "Accept": accept,
        "Accept-Encoding": "gzip, deflate",
        "User-Agent": user_agent(),
    }
    target = checked(url, allowed)
    lives_at, only_for_good = target, True
    with httpx2.Client(
        transport=Transport(backend),
        timeout=httpx2.Timeout(seconds, connect=min(seconds, 5.0)),
        cookies=no_cookies(),
        follow_redirects=False,
        trust_env=False,
    ) as client:
        for _hop in range(MOST_HOPS + 1):
            status, answered, body = _one(client, target, sent, most_bytes, method)
            location = answered.get("location", "")
            if status not in _REDIRECTS or not location:
                return Fetched(status, str(target), str(lives_at), answered, body)
            try:
                following = checked(str(target.join(location.strip())), allowed)
            except httpx2.InvalidURL as error:
                raise NotReachable(f"redirect to {location[:200]!r}") from error
            if following.host != target.host:
                sent = {name: value for name, value in sent.items() if name.lower() not in _PERSONAL}
            only_for_good = only_for_good and status in _FOR_GOOD
            target = following
            if only_for_good:
                lives_at = target
    raise TooManyRedirects(str(target))


def _one(
    client: httpx2.Client, url: httpx2.URL, headers: Mapping[str, str], most_bytes: int, method: str
) -> tuple[int, httpx2.Headers, bytes]:
    try:
        with client.stream(method, url, headers=dict(headers)) as response:
            if not HTTPStatus.OK <= response.status_code < HTTPStatus.MULTIPLE_CHOICES:
                return response.status_code, response.headers, b""
            if method != "HEAD" and _announced(response) > most_bytes:
                raise TooLarge("Content-Length")
            body = bytearray()
            for part in response.iter_bytes():
                body += part
                if max(len(body), response.num_bytes_downloaded) > most_bytes:
                    raise TooLarge(f"more than {most_bytes} bytes")
            return response.status_code, response.headers, bytes(body)
    except httpx2.TimeoutException as error:
        raise TooSlow(str(error)) from error
    except httpx2.HTTPError as error:
        raise NotReachable(f"{type(error).__name__}: {error}") from error


def _announced(response: httpx2.Response) -> int:
    try:
        return int(response.headers.get("content-length", "0"))
    except ValueError:
        return 0
