from __future__ import annotations

import pytest

from genlyd.networks import quotas
from genlyd.networks.domain.figures import Metric
from genlyd.networks.domain.outcome import Failed, Kind
from genlyd.networks.domain.quota import Call
from genlyd.networks.linkedin.reader import LinkedInReader
from genlyd.networks.linkedin.sign_in import SCOPES, VETTED
from genlyd.networks.models import Account
from tests.networks.linkedin.test_publisher import a_parcel, a_picture, send
from tests.servers.linkedin.server import LinkedIn, an_app
from tests.world import World

READER = LinkedInReader()


@pytest.fixture
def account(world: World, linkedin: LinkedIn) -> Account:
    linkedin.set(vetted=True)
    an_app(world.fjordkraft.pk, analytics="1")
    account = linkedin.account(world.pia, "Pia")
    made = linkedin.person("Pia", sub=account.remote_id, age=3600)
    linkedin.give(account, made["token"], scopes=",".join([*SCOPES, *VETTED]))
    return account


def test_figures_are_read_one_by_one_and_what_is_not_available_is_missing(
    linkedin: LinkedIn, account: Account
) -> None:
    share, picture = (
        send(account).remote_id,
        send(account, a_parcel(text="To", picture=a_picture())).remote_id,
    )
    assert ":ugcPost:" in picture
    linkedin.ask(
        "figures", {"urn": share, "figures": {"IMPRESSION": 40, "MEMBERS_REACHED": -1, "REACTION": 3}}
    )
    linkedin.ask("figures", {"urn": picture, "figures": {"COMMENT": 2}})
    found = READER.read(account, [share, picture])
    assert found[share] == {
        Metric.IMPRESSIONS: 40, Metric.REACTIONS: 3, Metric.COMMENTS: 0, Metric.RESHARES: 0,
    }  # fmt: skip
    assert found[picture][Metric.COMMENTS] == 2  # type: ignore[index]


def test_followers(linkedin: LinkedIn, account: Account) -> None:
    assert READER.followers(account) == 120


def test_nothing_is_asked_without_the_product_or_without_the_person_s_yes(
    linkedin: LinkedIn, account: Account
) -> None:
    linkedin.give(account, "AQXold")
    before = linkedin.ask("state")["calls"]
    assert READER.read(account, ["urn:li:share:1"]) == {}
    assert READER.followers(account) is None
    assert linkedin.ask("state")["calls"] == before


def test_a_forbidden_figure_does_not_stop_posting(linkedin: LinkedIn, account: Account) -> None:
    urn = send(account).remote_id
    linkedin.set(vetted=False)
    with pytest.raises(Failed) as failed:
        READER.read(account, [urn])
    assert failed.value.outcome.problem == "permission"
    account.refresh_from_db()
    assert account.needs_reconnect_since is None
    assert send(account, a_parcel(text="Igen")).kind is Kind.PUBLISHED


def test_looking_leaves_enough_of_the_day_for_posts(linkedin: LinkedIn, account: Account) -> None:
    quotas.count(account, Call.READ, times=100)
    with pytest.raises(Failed) as failed:
        READER.followers(account)
    assert failed.value.outcome.kind is Kind.WAIT
    assert failed.value.outcome.wait
