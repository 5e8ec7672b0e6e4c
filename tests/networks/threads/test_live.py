"""The same questions to Threads itself, for whoever wants to know whether the double tells the truth.

Needs GENLYD_LIVE_THREADS_TOKEN, the long token of an account of one's own; posts one text and deletes it.
"""

from __future__ import annotations

import os
import time

import httpx2
import pytest

TOKEN = os.environ.get("GENLYD_LIVE_THREADS_TOKEN", "")
pytestmark = [pytest.mark.live, pytest.mark.skipif(not TOKEN, reason="no token of a live account")]
API = "https://graph.threads.net/v1.0"


def ask(method: str, path: str, **more) -> httpx2.Response:
    return httpx2.request(
        method, f"{API}/{path}", headers={"Authorization": f"Bearer {TOKEN}"}, timeout=60, **more
    )


def test_a_text_is_a_container_first_and_then_one_post_that_can_be_found_and_deleted() -> None:
    words = f"Genlyd prøver sig frem, {time.time():.0f}."
    made = ask("POST", "me/threads", params={"media_type": "TEXT"}, data={"text": words}).json()["id"]
    for _look in range(20):
        status = ask("GET", made, params={"fields": "id,status,error_message"}).json()["status"]
        if status == "FINISHED":
            break
        time.sleep(3)
    assert status == "FINISHED"
    post = ask("POST", "me/threads_publish", params={"creation_id": made}).json()["id"]
    again = ask("POST", "me/threads_publish", params={"creation_id": made})
    try:
        assert post != made
        assert again.status_code == 400
        assert ask("GET", made, params={"fields": "id,status"}).json()["status"] == "PUBLISHED"
        listed = ask(
            "GET", "me/threads", params={"fields": "id,text,permalink,timestamp,link_attachment_url"}
        ).json()
        assert [one["text"] for one in listed["data"] if one["id"] == post] == [words]
    finally:
        assert ask("DELETE", post).json()["success"] is True


def test_a_token_that_is_none_is_turned_away_with_190() -> None:
    answer = httpx2.get(f"{API}/me", headers={"Authorization": "Bearer nonsense"}, timeout=30)
    assert answer.json()["error"]["code"] == 190


def test_the_quota_can_be_read() -> None:
    [said] = ask("GET", "me/threads_publishing_limit", params={"fields": "quota_usage,config"}).json()["data"]
    assert said["config"]["quota_total"] > 0
