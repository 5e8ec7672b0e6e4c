"""A person at the PDS's own sign-in page, without a browser: the calls that its page makes, with the headers of one."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2

from tests.servers.pds.server import PdsAccount

API = "/@atproto/oauth-provider/~api"
OPENS_A_PAGE = {"sec-fetch-mode": "navigate", "sec-fetch-dest": "document", "sec-fetch-site": "cross-site"}
FROM_THE_PAGE = {"sec-fetch-mode": "same-origin", "sec-fetch-dest": "empty", "sec-fetch-site": "same-origin"}


def consent(url: str, made: PdsAccount, *, no: bool = False) -> dict[str, str]:
    """Sign in there, say yes (or no), and return what the PDS sends back to Genlyd."""
    parts = urlsplit(url)
    issuer = f"{parts.scheme}://{parts.netloc}"
    cookies: dict[str, str] = {}

    with httpx2.Client(base_url=issuer, headers={"user-agent": "a browser"}, timeout=30) as client:

        def asked(method: str, to: str, body: Any = None, **headers: str) -> httpx2.Response:
            # The cookies are `Secure`; a browser trusts loopback nevertheless, a cookie jar does not.
            sent = {**headers, "cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
            answer = client.request(method, to, json=body, headers=sent)
            for line in answer.headers.get_list("set-cookie"):
                name, _, value = line.partition(";")[0].partition("=")
                cookies[name] = value
            assert answer.status_code in {200, 303}, answer.text
            return answer

        def called(endpoint: str, body: dict[str, Any], **headers: str) -> dict[str, Any]:
            sent = {**FROM_THE_PAGE, "origin": issuer, "referer": url, "x-csrf-token": cookies["csrf-token"]}
            return dict(asked("POST", f"{API}{endpoint}", body, **sent, **headers).json())

        asked("GET", url, **OPENS_A_PAGE)
        if no:
            back = called("/reject", {})["url"]
        else:
            signed_in = called(
                "/sign-in",
                {"locale": "en", "username": made.handle, "password": made.main_password, "remember": False},
            )
            bearer = {"authorization": f"Bearer {signed_in['ephemeralToken']}"}
            back = called("/consent", {"did": made.did}, **bearer)["url"]
        sent = {**OPENS_A_PAGE, "sec-fetch-site": "same-origin", "referer": url}
        target = asked("GET", back, **sent).headers["location"]
    return {name: values[0] for name, values in parse_qs(urlsplit(target).query).items()}
