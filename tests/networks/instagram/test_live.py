"""The same questions to Instagram itself, for whoever wants to know whether the double tells the truth.

Needs GENLYD_LIVE_INSTAGRAM_TOKEN of a professional account. Publishes nothing: it could not be deleted by API.
"""

from __future__ import annotations

import os
import time

import httpx2
import pytest

from genlyd.networks.instagram import VERSION

TOKEN = os.environ.get("GENLYD_LIVE_INSTAGRAM_TOKEN", "")
PICTURE = os.environ.get(
    "GENLYD_LIVE_PICTURE", "https://upload.wikimedia.org/wikipedia/commons/a/a9/Example.jpg"
)
pytestmark = [pytest.mark.live, pytest.mark.skipif(not TOKEN, reason="no token of a live account")]
API = f"https://graph.instagram.com/{VERSION}"


def ask(method: str, path: str, **more) -> httpx2.Response:
    return httpx2.request(
        method, f"{API}/{path}", headers={"Authorization": f"Bearer {TOKEN}"}, timeout=60, **more
    )


@pytest.fixture
def account() -> str:
    said = ask("GET", "me", params={"fields": "user_id,username,account_type,followers_count"}).json()
    assert said["account_type"] != "PERSONAL"
    assert isinstance(said["followers_count"], int)
    return str(said["user_id"])


def test_a_container_of_a_picture_becomes_finished_and_shows_nothing(account: str) -> None:
    before = ask("GET", f"{account}/media", params={"fields": "id"}).json()["data"]
    params, data = {"image_url": PICTURE}, {"caption": "Genlyd prøver sig frem.", "alt_text": "Et eksempel"}
    made = ask("POST", f"{account}/media", params=params, data=data).json()["id"]
    for _look in range(20):
        status = ask("GET", made, params={"fields": "id,status_code,status"}).json()["status_code"]
        if status != "IN_PROGRESS":
            break
        time.sleep(3)
    assert status == "FINISHED"
    assert ask("GET", f"{account}/media", params={"fields": "id"}).json()["data"] == before


def test_the_quota_can_be_read(account: str) -> None:
    params = {"fields": "quota_usage,config"}
    [said] = ask("GET", f"{account}/content_publishing_limit", params=params).json()["data"]
    assert said["config"]["quota_total"] > 0


def test_an_address_that_is_no_picture_is_told_with_9004(account: str) -> None:
    answer = ask(
        "POST", f"{account}/media", params={"image_url": "https://example.com/"}, data={"caption": "x"}
    )
    assert (answer.json()["error"]["code"], answer.json()["error"]["error_subcode"]) == (9004, 2207052)
