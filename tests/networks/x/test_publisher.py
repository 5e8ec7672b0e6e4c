"""Posting to the double of X: what stands there afterwards, and what we believe of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from genlyd.base import clock
from genlyd.networks import budget
from genlyd.networks.budget import OverBudget, set_budget
from genlyd.networks.contract import Parcel, Picture
from genlyd.networks.domain.outcome import Failed, Kind, Look, Outcome, Sight
from genlyd.networks.models import Account, NetworkApp
from genlyd.networks.registry import NETWORKS
from genlyd.networks.x import reader
from genlyd.networks.x.publisher import XPublisher
from tests.servers.x.server import XServer

LINK = "https://go.fjordkraft.dk/k3f9bcd"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64
PARCEL = Parcel(key="7.1", at=datetime(2026, 11, 23, tzinfo=UTC), text=f"Møllen & jeg\n\n{LINK}", link=LINK)
PICTURE = Picture(data=PNG, alt="En vindmølle ved havet", width=1, height=1, mime="image/png")
publisher = XPublisher()


def prepared(account: Account, parcel: Parcel = PARCEL, done: dict[str, Any] | None = None) -> dict[str, Any]:
    done = {} if done is None else done
    publisher.prepare(account, parcel, done, lambda: None)
    return publisher.request(done)[1]


def post(account: Account, parcel: Parcel = PARCEL) -> Outcome:
    return publisher.send(account, prepared(account, parcel))


def look(account: Account, body: dict[str, Any], *, minutes: float) -> Look:
    now = clock.now()
    return publisher.look(account, body, since=now - timedelta(minutes=minutes), now=now)


def later(x: XServer, monkeypatch: pytest.MonkeyPatch, hours: int) -> None:
    """It is that many hours later, here and at X."""
    then = clock.now() + timedelta(hours=hours)
    monkeypatch.setattr(clock, "now", lambda: then)
    x.set(ahead=hours * 3600)


def spent(account: Account) -> int:
    return budget.standing(NETWORKS["x"], account.organisation_id).spent


def test_a_post_stands_there_once_with_its_number(x: XServer, pias: Account) -> None:
    outcome = post(pias)
    [stored] = x.stored(pias)
    assert (outcome.kind, outcome.remote_id) == (Kind.PUBLISHED, stored["id"])
    assert outcome.permalink == f"https://x.com/pia/status/{stored['id']}"
    assert stored["sent"] == PARCEL.text


def test_a_picture_goes_ahead_with_its_description(x: XServer, pias: Account) -> None:
    assert post(pias, replace(PARCEL, picture=PICTURE)).kind is Kind.PUBLISHED
    [media], [stored] = x.ask("state")["media"], x.stored(pias)
    assert (stored["media"], media["alt"], media["size"]) == ([media["id"]], PICTURE.alt, len(PNG))
    assert spent(pias) == 5_000


def test_preparing_again_uploads_again_only_when_the_picture_grows_old(
    x: XServer, pias: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    parcel, done = replace(PARCEL, picture=PICTURE), {}
    prepared(pias, parcel, done)
    prepared(pias, parcel, done)
    assert len(x.ask("state")["media"]) == 1
    later(x, monkeypatch, hours=23)
    prepared(pias, parcel, done)
    assert len(x.ask("state")["media"]) == 2


def test_a_picture_that_is_too_large_is_not_sent(pias: Account) -> None:
    large = replace(PICTURE, data=PNG + b"\x00" * 5 * 1024 * 1024)
    with pytest.raises(Failed) as caught:
        prepared(pias, replace(PARCEL, picture=large))
    assert caught.value.outcome.problem == "picture_too_large"


def test_an_expired_token_is_renewed_and_the_old_one_never_used_again(x: XServer, pias: Account) -> None:
    body = prepared(pias)
    x.expire(pias)
    first = publisher.send(pias, body)
    assert (first.kind, first.problem) == (Kind.NOT_SENT, "stale_session")
    assert publisher.send(pias, body).kind is Kind.PUBLISHED
    pias.refresh_from_db()
    assert publisher.send(pias, prepared(pias, replace(PARCEL, text="Igen"))).kind is Kind.PUBLISHED


def test_a_withdrawn_permission_asks_the_person_to_connect_again(x: XServer, pias: Account) -> None:
    body = prepared(pias)
    x.revoke(pias)
    with pytest.raises(Failed) as caught:
        publisher.send(pias, body)
    assert caught.value.outcome.kind is Kind.RECONNECT
    pias.refresh_from_db()
    assert pias.needs_reconnect_since


def test_an_app_that_is_switched_off_posts_nothing(x: XServer, pias: Account) -> None:
    body = prepared(pias)
    NetworkApp.objects.update(enabled=False)
    with pytest.raises(Failed) as caught:
        publisher.send(pias, body)
    assert (caught.value.outcome.kind, x.stored(pias)) == (Kind.WAIT, [])


def test_the_same_words_again_are_called_a_duplicate(pias: Account) -> None:
    post(pias)
    again = post(pias)
    assert (again.kind, again.problem) == (Kind.DUPLICATE, "duplicate")


def test_a_full_quarter_of_an_hour_waits_until_x_says(x: XServer, pias: Account) -> None:
    x.set(posts_in_window=1)
    post(pias)
    full = post(pias, replace(PARCEL, text="Nummer to"))
    assert full.kind is Kind.WAIT
    assert full.wait
    assert timedelta(minutes=14) < full.wait <= timedelta(minutes=15, seconds=2)


def test_no_credits_waits_for_the_administrator(x: XServer, pias: Account) -> None:
    x.set(credits=0)
    assert (post(pias).problem, x.stored(pias)) == ("no_credits", [])


# --- after an outcome that nobody saw ---


def test_a_look_finds_the_post_by_its_own_link(x: XServer, pias: Account) -> None:
    post(pias, replace(PARCEL, text="Et andet opslag https://go.fjordkraft.dk/andet", link="x"))
    body = prepared(pias)
    x.refuse("POST /2/tweets", 503, {"title": "Service Unavailable"}, after=True)
    assert publisher.send(pias, body).kind is Kind.UNKNOWN
    found = look(pias, body, minutes=1)
    assert (found.sight, found.remote_id) == (Sight.FOUND, x.stored(pias)[1]["id"])


def test_a_look_finds_a_post_without_a_link_by_its_words(x: XServer, pias: Account) -> None:
    parcel = replace(PARCEL, text="Hej  <verden> & jer.\nVi ses på genlyd.dk/job", link="", picture=PICTURE)
    body = prepared(pias, parcel)
    publisher.send(pias, body)
    post(pias, replace(parcel, text="Hej verden", picture=None))
    assert look(pias, body, minutes=1).remote_id == x.stored(pias)[0]["id"]


def test_nothing_there_means_absent_only_after_ten_minutes(pias: Account) -> None:
    body = prepared(pias)
    assert look(pias, body, minutes=9).sight is Sight.UNREADABLE
    late = look(pias, body, minutes=11)
    assert (late.sight, late.prepare_again) == (Sight.ABSENT, False)


def test_a_timeline_that_lags_is_not_taken_for_absence(x: XServer, pias: Account) -> None:
    body = prepared(pias)
    publisher.send(pias, body)
    x.set(lag=300)
    assert look(pias, body, minutes=2).sight is Sight.UNREADABLE


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, {}),
        (200, {}),
        (200, {"meta": {"result_count": 3}, "data": []}),
        (200, {"meta": {"result_count": 0}, "errors": [{"title": "Over capacity"}]}),
        (200, "<h1>Hello</h1>"),
    ],
)
def test_a_page_that_is_not_whole_proves_nothing(
    x: XServer, pias: Account, status: int, body: object
) -> None:
    wanted = prepared(pias)
    x.refuse("GET /2/users/", status, body)
    try:
        sight = look(pias, wanted, minutes=60).sight
    except Failed:
        sight = Sight.UNREADABLE
    assert sight is Sight.UNREADABLE


def test_an_old_picture_is_sent_anew_when_the_post_is_not_there(
    x: XServer, pias: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = prepared(pias, replace(PARCEL, picture=PICTURE))
    later(x, monkeypatch, hours=21)
    seen = look(pias, body, minutes=60)
    assert (seen.sight, seen.prepare_again) == (Sight.ABSENT, True)


def test_a_look_goes_on_over_many_posts_and_costs_what_it_shows(x: XServer, pias: Account) -> None:
    body = prepared(pias)
    publisher.send(pias, body)
    for number in range(12):
        post(pias, replace(PARCEL, text=f"Opslag {number}", link="x"))
    assert look(pias, body, minutes=1).sight is Sight.FOUND
    assert spent(pias) == 13 * 5_000


def test_a_look_beyond_the_budget_is_not_made(world, pias: Account) -> None:
    body = prepared(pias)
    set_budget(organisation=world.fjordkraft, network=NETWORKS["x"], monthly=1)
    with pytest.raises(OverBudget):
        look(pias, body, minutes=60)


# --- afterwards ---


def test_deleting_is_done_once_and_may_be_repeated(x: XServer, pias: Account) -> None:
    number = post(pias).remote_id
    assert publisher.delete(pias, number).kind is Kind.PUBLISHED
    assert publisher.delete(pias, number).kind is Kind.PUBLISHED
    assert x.stored(pias) == []


def test_figures_are_read_only_where_an_administrator_wants_them(x: XServer, pias: Account) -> None:
    number, gone = post(pias).remote_id, "1800000000000000000"
    x.ask("figures", {"id": number, "figures": {"like_count": 3, "impression_count": 120}})
    read = reader.XReader().read
    before = spent(pias)
    assert (read(pias, [number]), spent(pias) - before) == ({}, 0)
    NetworkApp.objects.update(options={reader.READS: "1"})
    said = read(pias, [number, gone, "https://x.com/"])
    assert {metric.value: figure for metric, figure in said[number].items()} == {
        "impressions": 120, "reactions": 3, "comments": 0, "reshares": 0, "quotes": 0, "saves": 0,
    }  # fmt: skip
    assert said[gone] is reader.GONE
    assert set(said) == {number, gone}
    assert spent(pias) - before == 2 * 5_000
    assert reader.XReader().followers(pias) == 12
    assert spent(pias) - before == 2 * 5_000 + 10_000
