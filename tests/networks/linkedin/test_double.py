"""The double is as strict as its README says. Spoken to by plain HTTP: our own client is what it tests elsewhere."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import httpx2
import pytest

from tests.servers.linkedin.server import LinkedIn

BACK = "https://genlyd.fjordkraft.example/networks/callback/linkedin/"


def headers(token: str, **more: str) -> dict[str, str]:
    return {
        "Authorization": f"Bearer {token}", "LinkedIn-Version": "202609", "X-Restli-Protocol-Version": "2.0.0", **more,
    }  # fmt: skip


def a_post(sub: str, **fields: Any) -> dict[str, Any]:
    return {
        "author": f"urn:li:person:{sub}", "commentary": "Hej", "visibility": "PUBLIC", "lifecycleState": "PUBLISHED",
        "distribution": {"feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": []},
        **fields,
    }  # fmt: skip


def post(double: LinkedIn, body: Any, token: str, **more: str) -> httpx2.Response:
    return httpx2.post(f"{double.url}/rest/posts", json=body, headers=headers(token, **more))


def test_a_post_answers_with_its_name_and_nothing_else(linkedin: LinkedIn) -> None:
    pia = linkedin.person("Pia")
    answer = post(linkedin, a_post(pia["sub"]), pia["token"])
    assert (answer.status_code, answer.content) == (201, b"")
    [stored] = linkedin.stored(pia["sub"])
    assert stored["urn"] == answer.headers["x-restli-id"]


def test_the_same_words_again_are_a_duplicate_and_ghosts_name_a_post_that_is_none(linkedin: LinkedIn) -> None:
    pia = linkedin.person("Pia")
    first = post(linkedin, a_post(pia["sub"]), pia["token"]).headers["x-restli-id"]
    again = post(linkedin, a_post(pia["sub"]), pia["token"])
    assert again.status_code == 422
    assert again.json()["errorDetails"]["inputErrors"][0]["code"] == "DUPLICATE_POST"
    assert first in again.json()["message"]
    linkedin.set(ghosts=1)
    ghost = post(linkedin, a_post(pia["sub"], commentary="Andet"), pia["token"])
    assert ghost.status_code == 422
    assert first not in ghost.text
    assert len(linkedin.stored()) == 1


@pytest.mark.parametrize("version", [None, "202510", "202612", "20260901", "x"])
def test_no_version_or_one_that_is_not_served_is_426_before_anything_else(
    linkedin: LinkedIn, version: str
) -> None:
    sent = headers("whoever")
    sent.pop("LinkedIn-Version")
    if version:
        sent["LinkedIn-Version"] = version
    answer = httpx2.post(f"{linkedin.url}/rest/posts", json={}, headers=sent)
    assert (answer.status_code, answer.json()["code"]) == (426, "NONEXISTENT_VERSION")


def test_what_is_refused(linkedin: LinkedIn) -> None:
    pia, poul = linkedin.person("Pia"), linkedin.person("Poul")
    reader = linkedin.person("Ida", scopes=["openid", "profile"])
    good = a_post(pia["sub"])
    assert post(linkedin, good, pia["token"], **{"X-Restli-Protocol-Version": "1.0.0"}).status_code == 400
    assert post(linkedin, {**good, "extra": 1}, pia["token"]).status_code == 400
    assert post(linkedin, {**good, "lifecycleState": "DRAFT"}, pia["token"]).status_code == 400
    assert (
        post(linkedin, {**good, "content": {"article": {"source": "https://x.dk"}}}, pia["token"]).status_code
        == 400
    )
    assert post(linkedin, good, "AQXnobody").json()["serviceErrorCode"] == 65600
    assert post(linkedin, a_post(reader["sub"]), reader["token"]).json()["serviceErrorCode"] == 100
    assert post(linkedin, good, poul["token"]).status_code == 403
    long = post(linkedin, {**good, "commentary": "æ" * 3001}, pia["token"])
    assert long.status_code == 422
    linkedin.ask("revoke", {"sub": pia["sub"]})
    assert post(linkedin, good, pia["token"]).json()["serviceErrorCode"] == 65601
    assert linkedin.stored() == []


def test_length_is_counted_as_it_is_read_and_not_as_it_is_escaped(linkedin: LinkedIn) -> None:
    pia = linkedin.person("Pia")
    assert post(linkedin, a_post(pia["sub"], commentary="\\(" * 3000), pia["token"]).status_code == 201
    assert post(linkedin, a_post(pia["sub"], commentary="\\(" * 3001), pia["token"]).status_code == 422


def test_too_many_requests_come_without_a_word_on_when(linkedin: LinkedIn) -> None:
    pia = linkedin.person("Pia")
    linkedin.set(daily=1)
    post(linkedin, a_post(pia["sub"]), pia["token"])
    answer = post(linkedin, a_post(pia["sub"], commentary="To"), pia["token"])
    assert (answer.status_code, answer.json()["serviceErrorCode"]) == (429, 101)
    assert not [name for name in answer.headers if "retry" in name.lower() or "rate" in name.lower()]


def test_nobody_reads_posts_back(linkedin: LinkedIn) -> None:
    pia = linkedin.person("Pia")
    urn = post(linkedin, a_post(pia["sub"]), pia["token"]).headers["x-restli-id"]
    for path in (
        f"/rest/posts/{quote(urn, safe='')}",
        f"/rest/posts?q=author&author=urn%3Ali%3Aperson%3A{pia['sub']}",
    ):
        assert httpx2.get(f"{linkedin.url}{path}", headers=headers(pia["token"])).status_code == 403


def test_figures_need_the_vetted_product_and_a_query_in_rest_li_s_own_writing(linkedin: LinkedIn) -> None:
    linkedin.set(vetted=True)
    pia = linkedin.person("Pia", followers=321)
    urn = post(linkedin, a_post(pia["sub"]), pia["token"]).headers["x-restli-id"]
    linkedin.ask("figures", {"urn": urn, "figures": {"IMPRESSION": 40, "COMMENT": -1}})
    base = f"{linkedin.url}/rest/memberCreatorPostAnalytics?q=entity&aggregation=TOTAL&queryType="
    right = f"entity=(share:{quote(urn, safe='')})"
    asked = httpx2.get(f"{base}IMPRESSION&{right}", headers=headers(pia["token"]))
    assert asked.json()["elements"][0]["count"] == 40
    assert (
        httpx2.get(f"{base}COMMENT&{right}", headers=headers(pia["token"])).json()["elements"][0]["count"]
        == -1
    )
    assert (
        httpx2.get(f"{base}IMPRESSION&entity=(share:{urn})", headers=headers(pia["token"])).status_code == 400
    )
    counted = httpx2.get(f"{linkedin.url}/rest/memberFollowersCount?q=me", headers=headers(pia["token"]))
    assert counted.json()["elements"] == [{"memberFollowersCount": 321}]
    linkedin.set(vetted=False)
    assert httpx2.get(f"{base}IMPRESSION&{right}", headers=headers(pia["token"])).status_code == 403


def signed_in(double: LinkedIn, **more: str) -> dict[str, list[str]]:
    asked = {
        "response_type": "code", "client_id": "genlyd-client", "redirect_uri": BACK, "state": "s",
        "scope": "openid profile email w_member_social", **more,
    }  # fmt: skip
    answer = httpx2.get(f"{double.url}/oauth/v2/authorization", params=asked, follow_redirects=False)
    assert answer.status_code == 302
    return parse_qs(urlsplit(answer.headers["location"]).query)


def exchange(double: LinkedIn, code: str, **more: str) -> httpx2.Response:
    form = {
        "grant_type": "authorization_code", "code": code, "redirect_uri": BACK, "client_id": "genlyd-client",
        "client_secret": "genlyd-secret", **more,
    }  # fmt: skip
    return httpx2.post(f"{double.url}/oauth/v2/accessToken", data=form)


def test_signing_in_gives_sixty_days_and_no_refresh_token(linkedin: LinkedIn) -> None:
    linkedin.person("Pia Hansen")
    got = exchange(linkedin, signed_in(linkedin)["code"][0]).json()
    assert got["expires_in"] == 60 * 24 * 3600 - 1
    assert "refresh_token" not in got
    who = httpx2.get(
        f"{linkedin.url}/v2/userinfo", headers={"Authorization": f"Bearer {got['access_token']}"}
    ).json()
    assert (who["name"], who["email_verified"]) == ("Pia Hansen", True)


def test_what_signing_in_refuses(linkedin: LinkedIn) -> None:
    linkedin.person("Pia")
    code = signed_in(linkedin)["code"][0]
    # Measured in public: a verifier makes LinkedIn say that the secret is wrong.
    assert exchange(linkedin, code, code_verifier="x" * 43).json()["error"] == "invalid_client"
    assert exchange(linkedin, code, client_secret="no").status_code == 401
    assert exchange(linkedin, code, redirect_uri=f"{BACK}x").status_code == 400
    assert exchange(linkedin, code).status_code == 200
    assert exchange(linkedin, code).status_code == 400
    assert signed_in(linkedin, scope="openid r_member_postAnalytics")["error"] == ["unauthorized_scope_error"]
    linkedin.set(consents=False)
    assert signed_in(linkedin)["error"] == ["user_cancelled_authorize"]
