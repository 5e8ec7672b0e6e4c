"""The same questions to the real X: whoever has an account can prove the double wrong. Costs about $0.06 a run.

GENLYD_LIVE_X is an access token of a user (tweet.read tweet.write users.read media.write), less than two hours old.
What is posted is deleted again.
"""

from __future__ import annotations

import base64
import os
import secrets
import time
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from genlyd.networks.x.domain import timeline
from genlyd.networks.x.domain.errors import judge
from tests.networks.x.test_errors import NOW

TOKEN = os.environ.get("GENLYD_LIVE_X", "")
pytestmark = [
    pytest.mark.live,
    pytest.mark.skipif(not TOKEN, reason="GENLYD_LIVE_X holds no access token of an account at X"),
]
#: One pixel.
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture
def api() -> Iterator[httpx2.Client]:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    with httpx2.Client(base_url="https://api.x.com", headers=headers, timeout=60) as client:
        yield client


def posted(api: httpx2.Client, body: dict[str, Any]) -> httpx2.Response:
    return api.post("/2/tweets", json=body)


def test_a_post_is_made_found_again_counted_and_deleted(api: httpx2.Client) -> None:
    me = api.get("/2/users/me", params={"user.fields": "public_metrics"}).json()["data"]
    assert isinstance(me["public_metrics"]["followers_count"], int)
    text = f"Genlyd & X: en prøve <{secrets.token_hex(6)}>"
    made = posted(api, {"text": text})
    assert made.status_code == 201
    number = made.json()["data"]["id"]
    try:
        again = posted(api, {"text": text})
        assert judge(again.status_code, again.json(), {}, NOW).problem == "duplicate"
        time.sleep(10)
        page = api.get(
            f"/2/users/{me['id']}/tweets", params={"max_results": "5", "tweet.fields": "created_at,entities"}
        ).json()
        assert page["meta"]["result_count"] == len(page["data"])
        assert timeline.find(page["data"], link="", text=text) == number
        read = api.get("/2/tweets", params={"ids": number, "tweet.fields": "public_metrics"}).json()
        assert {"like_count", "impression_count", "retweet_count"} <= set(read["data"][0]["public_metrics"])
    finally:
        gone = api.delete(f"/2/tweets/{number}")
    assert gone.json()["data"]["deleted"] is True


def test_a_picture_is_taken_with_its_description(api: httpx2.Client) -> None:
    body = {"media": base64.b64encode(PNG).decode(), "media_category": "tweet_image"}
    media = api.post("/2/media/upload", json=body).json()["data"]
    assert media["expires_after_secs"] <= 86_400
    described = {"id": media["id"], "metadata": {"alt_text": {"text": "En prik"}}}
    assert api.post("/2/media/metadata", json=described).status_code == 200


@pytest.mark.parametrize("body", [{"text": "x" * 281}, {"text": "Hej", "genlyd": True}])
def test_what_is_wrong_is_refused(api: httpx2.Client, body: dict[str, Any]) -> None:
    assert posted(api, body).status_code in {400, 403}
