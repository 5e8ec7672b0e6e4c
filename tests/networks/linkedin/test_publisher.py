from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image

from genlyd.networks import quotas
from genlyd.networks.contract import Card, Parcel, Picture
from genlyd.networks.domain.outcome import Failed, Kind, Outcome, Sight
from genlyd.networks.linkedin.limits import QUOTAS
from genlyd.networks.linkedin.publisher import LinkedInPublisher
from genlyd.networks.models import Account, NetworkApp
from genlyd.networks.registry import NETWORKS
from tests.servers.linkedin.server import LinkedIn, an_app
from tests.world import World

PUBLISHER = LinkedInPublisher()
WORDS = "Vi søger (igen!) folk til #GrønEnergi — 50 % af os [teknikere] er_nye."


def a_picture(kind: str = "JPEG", mime: str = "image/jpeg", alt: str = "En vinge") -> Picture:
    data = io.BytesIO()
    Image.new("RGB", (64, 36), "teal").save(data, kind)
    return Picture(data=data.getvalue(), alt=alt, width=64, height=36, mime=mime)


def a_parcel(**fields: Any) -> Parcel:
    return Parcel(**{"key": "1.1", "at": timezone.now(), "text": WORDS, **fields})


def prepared(account: Account, parcel: Parcel) -> dict[str, Any]:
    done: dict[str, Any] = {}
    PUBLISHER.prepare(account, parcel, done, lambda: None)
    return PUBLISHER.request(done)[1]


def send(account: Account, parcel: Parcel | None = None) -> Outcome:
    return PUBLISHER.send(account, prepared(account, parcel or a_parcel()))


@pytest.fixture
def account(world: World, linkedin: LinkedIn) -> Account:
    return linkedin.account(world.pia, "Pia Hansen")


def test_words_arrive_whole_and_the_post_has_an_address(linkedin: LinkedIn, account: Account) -> None:
    outcome = send(account)
    assert outcome.kind is Kind.PUBLISHED
    [post] = linkedin.stored(account.remote_id)
    assert post["text"] == WORDS
    assert outcome.remote_id == post["urn"]
    assert outcome.permalink == f"https://www.linkedin.com/feed/update/{post['urn']}/"


@pytest.mark.parametrize(
    ("kind", "mime"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")]
)
def test_a_card_is_whole_with_its_picture(linkedin: LinkedIn, account: Account, kind: str, mime: str) -> None:
    card = Card(
        url="https://go.fjordkraft.example/k3f9bcd", title="Første mølle (på plads)", description="Mandag *morgen*.",
        picture=a_picture(kind, mime),
    )  # fmt: skip
    assert send(account, a_parcel(card=card)).kind is Kind.PUBLISHED
    article = linkedin.stored()[0]["content"]["article"]
    thumbnail = article.pop("thumbnail")
    # Title and description are no little text: nothing is escaped in them.
    assert article == {
        "source": "https://go.fjordkraft.example/k3f9bcd", "title": "Første mølle (på plads)",
        "description": "Mandag *morgen*.",
    }  # fmt: skip
    [image] = linkedin.ask("state")["images"]
    assert image["urn"] == thumbnail
    assert image["size"] > 100


def test_a_picture_goes_with_its_description_and_without_a_card(linkedin: LinkedIn, account: Account) -> None:
    card = Card(url="https://go.fjordkraft.example/k3f9bcd", title="Mølle", picture=a_picture())
    send(account, a_parcel(picture=a_picture(alt="En vinge\nover havnen"), card=card))
    [post] = linkedin.stored()
    assert post["content"]["media"]["altText"] == "En vinge over havnen"
    assert len(linkedin.ask("state")["images"]) == 1


def test_a_repeated_preparation_uploads_nothing_twice(linkedin: LinkedIn, account: Account) -> None:
    kept: list[dict[str, Any]] = []
    done: dict[str, Any] = {}
    parcel = a_parcel(picture=a_picture())
    PUBLISHER.prepare(account, parcel, done, lambda: kept.append(dict(done)))
    # A worker that died after the upload left this behind:
    begun = kept[0]
    PUBLISHER.prepare(account, parcel, begun, lambda: None)
    assert begun["record"] == done["record"]
    assert len(linkedin.ask("state")["images"]) == 1


def test_a_refused_thumbnail_does_not_keep_the_words_back(linkedin: LinkedIn, account: Account) -> None:
    huge = Picture(data=b"\xff\xd8", alt="", width=8000, height=8000)
    assert (
        send(account, a_parcel(card=Card(url="https://x.example/1", title="T", picture=huge))).kind
        is Kind.PUBLISHED
    )
    assert "thumbnail" not in linkedin.stored()[0]["content"]["article"]
    with pytest.raises(Failed) as failed:
        prepared(account, a_parcel(picture=huge))
    assert failed.value.outcome.problem == "picture_too_large"


def test_a_picture_that_is_still_looked_at_makes_the_post_wait(linkedin: LinkedIn, account: Account) -> None:
    linkedin.set(processing_seconds=60)
    body = prepared(account, a_parcel(picture=a_picture()))
    outcome = PUBLISHER.send(account, body)
    assert (outcome.kind, outcome.problem) == (Kind.WAIT, "picture_not_ready")
    late = {**body, "uploaded_at": (timezone.now() - timedelta(hours=1)).isoformat()}
    assert PUBLISHER.send(account, late).kind is Kind.REJECTED


def test_an_ended_version_holds_the_organisation_s_posts_without_calling_again(
    linkedin: LinkedIn, account: Account, world: World
) -> None:
    other = linkedin.account(world.poul, "Poul")
    waiting = prepared(other, a_parcel())
    linkedin.set(oldest_version="202610")
    outcome = send(account)
    assert (outcome.kind, outcome.problem) == (Kind.WAIT, "version")
    calls = linkedin.ask("state")["calls"]
    for held in (lambda: PUBLISHER.send(other, waiting), lambda: prepared(other, a_parcel())):
        with pytest.raises(Failed) as failed:
            held()
        assert (failed.value.outcome.kind, failed.value.outcome.problem) == (Kind.WAIT, "version")
    assert linkedin.ask("state")["calls"] == calls
    assert "202609" in NetworkApp.objects.get().problem
    # Another version releases them: the stored request goes out unchanged.
    an_app(account.organisation_id, version="202610")
    assert PUBLISHER.send(other, waiting).kind is Kind.PUBLISHED
    assert linkedin.posts(other) == [WORDS]


def test_an_ended_version_of_one_organisation_holds_no_other(
    linkedin: LinkedIn, account: Account, world: World
) -> None:
    oda = linkedin.account(world.oda, "Oda")
    an_app(account.organisation_id, version="202501")
    assert send(account).kind is Kind.WAIT
    assert send(oda).kind is Kind.PUBLISHED


def test_no_app_makes_posts_wait(linkedin: LinkedIn, account: Account) -> None:
    NetworkApp.objects.update(enabled=False)
    with pytest.raises(Failed) as failed:
        send(account)
    assert (failed.value.outcome.kind, failed.value.outcome.problem) == (Kind.WAIT, "switched_off")


def test_a_withdrawn_permission_asks_the_person_once(linkedin: LinkedIn, account: Account) -> None:
    body = prepared(account, a_parcel())
    linkedin.revoke(account)
    assert PUBLISHER.send(account, body).kind is Kind.RECONNECT
    account.refresh_from_db()
    assert account.needs_reconnect_since


def test_a_token_that_is_seconds_old_is_given_time(linkedin: LinkedIn, account: Account) -> None:
    body = prepared(account, a_parcel())
    linkedin.revoke(account)
    account.connected_at = timezone.now()
    outcome = PUBLISHER.send(account, body)
    assert (outcome.kind, outcome.problem) == (Kind.WAIT, "stale_session")
    account.refresh_from_db()
    assert account.needs_reconnect_since is None


def test_after_sixty_days_nothing_is_sent_and_the_person_is_asked(
    linkedin: LinkedIn, account: Account
) -> None:
    body = prepared(account, a_parcel())
    linkedin.give(account, "AQXold", lasts=60)
    calls = linkedin.ask("state")["calls"]
    with pytest.raises(Failed) as failed:
        PUBLISHER.send(account, body)
    assert failed.value.outcome.kind is Kind.RECONNECT
    assert linkedin.ask("state")["calls"] == calls
    account.refresh_from_db()
    assert account.needs_reconnect_since


def test_a_token_that_linkedin_has_ended_early_asks_the_person_too(
    linkedin: LinkedIn, account: Account
) -> None:
    body = prepared(account, a_parcel())
    linkedin.expire(account)
    assert PUBLISHER.send(account, body).kind is Kind.RECONNECT


def test_a_duplicate_and_a_ghost_are_hints_and_no_proof(linkedin: LinkedIn, account: Account) -> None:
    first = send(account)
    again = send(account)
    assert (again.kind, again.permalink) == (Kind.DUPLICATE, first.permalink)
    linkedin.set(ghosts=1)
    ghost = send(account, a_parcel(text="Noget andet"))
    assert ghost.kind is Kind.DUPLICATE
    assert ghost.permalink.startswith("https://www.linkedin.com/feed/update/urn:li:share:")
    assert len(linkedin.stored()) == 1


@pytest.mark.parametrize(("status", "kind"), [(429, Kind.WAIT), (500, Kind.UNKNOWN), (503, Kind.UNKNOWN)])
def test_a_server_in_trouble(linkedin: LinkedIn, account: Account, status: int, kind: Kind) -> None:
    body = prepared(account, a_parcel())
    linkedin.set(answers=[status])
    assert PUBLISHER.send(account, body).kind is kind


@pytest.mark.parametrize("status", [429, 500])
def test_trouble_before_the_post_may_be_repeated(linkedin: LinkedIn, account: Account, status: int) -> None:
    linkedin.set(answers=[status])
    with pytest.raises(Failed) as failed:
        prepared(account, a_parcel(picture=a_picture()))
    assert failed.value.outcome.kind is (Kind.WAIT if status == 429 else Kind.NOT_SENT)


def test_text_that_linkedin_finds_too_long(linkedin: LinkedIn, account: Account) -> None:
    outcome = send(account, a_parcel(text="æ" * 3001))
    assert (outcome.kind, outcome.problem) == (Kind.REJECTED, "too_long")
    assert send(account, a_parcel(text="(" * 3000)).kind is Kind.PUBLISHED


def test_nobody_looks_for_a_post(account: Account) -> None:
    now = timezone.now()
    assert PUBLISHER.look(account, {}, since=now, now=now).sight is Sight.UNREADABLE


def test_deleting_twice_is_deleting(linkedin: LinkedIn, account: Account) -> None:
    urn = send(account).remote_id
    assert PUBLISHER.delete(account, urn).kind is Kind.PUBLISHED
    assert PUBLISHER.delete(account, urn).kind is Kind.PUBLISHED
    assert linkedin.posts(account) == []


def test_every_request_but_the_claimed_one_is_counted(linkedin: LinkedIn, account: Account) -> None:
    urn = send(account, a_parcel(picture=a_picture())).remote_id
    PUBLISHER.delete(account, urn)
    # The upload and the deletion; the post itself is counted by its claim.
    assert quotas.left(NETWORKS["linkedin"], account, QUOTAS[0]) == 148


def test_the_token_goes_nowhere_but_to_linkedin(
    linkedin: LinkedIn, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    from genlyd.networks.linkedin import pictures

    assert pictures._is_theirs("https://www.linkedin.com/dms-uploads/x/0?ca=y")
    for where in (
        "https://linkedin.com.evil.example/",
        "http://www.linkedin.com/x",
        "https://evil.example",
        "//x",
        "",
    ):
        assert not pictures._is_theirs(where)
