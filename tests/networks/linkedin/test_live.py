"""The same of the real LinkedIn, to prove the double wrong. Needs a token and its member's `sub`; posts and deletes."""

from __future__ import annotations

import os
import time
from urllib.parse import quote

import httpx2
import pytest

from genlyd.networks.linkedin.domain import post, urns, versions

TOKEN, SUB = os.environ.get("GENLYD_LIVE_LINKEDIN_TOKEN", ""), os.environ.get("GENLYD_LIVE_LINKEDIN_SUB", "")
API = "https://api.linkedin.com"
pytestmark = [
    pytest.mark.live,
    pytest.mark.skipif(
        not (TOKEN and SUB), reason="needs GENLYD_LIVE_LINKEDIN_TOKEN and GENLYD_LIVE_LINKEDIN_SUB"
    ),
]


def ask(method: str, path: str, *, version: str = versions.DEFAULT, **options: object) -> httpx2.Response:
    headers = {
        "Authorization": f"Bearer {TOKEN}", "LinkedIn-Version": version, "X-Restli-Protocol-Version": "2.0.0",
    }  # fmt: skip
    return httpx2.request(method, f"{API}{path}", headers=headers, timeout=60, **options)  # type: ignore[arg-type]


def test_who_am_i() -> None:
    answer = httpx2.get(f"{API}/v2/userinfo", headers={"Authorization": f"Bearer {TOKEN}"}, timeout=60)
    assert answer.json()["sub"] == SUB


def test_a_version_that_has_ended_is_426() -> None:
    answer = ask("GET", "/rest/memberFollowersCount?q=me", version="202401")
    assert (answer.status_code, answer.json()["code"]) == (426, "NONEXISTENT_VERSION")


def test_the_default_version_is_served() -> None:
    assert ask("GET", "/rest/memberFollowersCount?q=me").status_code in {200, 403}


def test_a_post_arrives_is_a_duplicate_and_is_deleted_twice() -> None:
    text = f"Prøve (slettes straks) nr. {int(time.time())} #prøve — 50 % [x] a_b *c*"
    body = post.body(author=urns.author(SUB), text=text)
    made = ask("POST", "/rest/posts", json=body)
    urn = made.headers.get("x-restli-id", "")
    try:
        assert (made.status_code, made.content) == (201, b"")
        assert urns.is_post(urn)
        again = ask("POST", "/rest/posts", json=body)
        assert again.status_code == 422
        assert "DUPLICATE_POST" in again.text
        read = ask("GET", f"/rest/posts/{quote(urn, safe='')}")
        assert read.status_code == 403
    finally:
        gone = [ask("DELETE", f"/rest/posts/{quote(urn, safe='')}").status_code for _time in range(2)]
    assert gone == [204, 204]


def test_too_long_and_unknown_fields_are_refused() -> None:
    assert (
        ask("POST", "/rest/posts", json=post.body(author=urns.author(SUB), text="æ" * 3001)).status_code
        == 422
    )
    body = {**post.body(author=urns.author(SUB), text="x"), "extra": 1}
    assert ask("POST", "/rest/posts", json=body).status_code in {400, 422}
