"""The base counts, from real rows: each KPI against figures one can count on one's fingers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from genlyd.links.models import Link
from genlyd.measurement.domain.counts import Value, read
from genlyd.measurement.domain.dictionary import DICTIONARY
from genlyd.measurement.queries import visits
from genlyd.measurement.queries.counts import counts_for
from genlyd.people.models import Consent, Invitation, Team
from genlyd.programmes.models import Seat
from genlyd.rules.models import Acknowledgement, Guideline
from tests.measurement.makers import a_share, a_story, colleagues, followed
from tests.world import World, today_there


def value(world: World, key: str, day: date | None = None) -> Value:
    definition = DICTIONARY[key]
    return read(definition, counts_for([definition], world.period, day or today_there()))


@pytest.fixture(autouse=True)
def consented_at_once(world: World) -> None:
    """Pia and Poul said yes when they took their seats, 30 days ago."""
    Consent.objects.update(given_at=timezone.now() - timedelta(days=30))


def test_active_rate_counts_people_not_shares(world: World) -> None:
    story = a_story(world)
    a_share(world.pia, story)
    a_share(world.pia, story, network="x")
    assert value(world, "active_rate") == Value(0.5, 1, 2)


def test_active_rate_is_over_the_days_headcounts(world: World) -> None:
    a_share(world.pia, a_story(world))
    late = colleagues(world, 2, seated=timezone.now() - timedelta(days=9))
    Consent.objects.filter(member__in=late).update(given_at=timezone.now() - timedelta(days=9))
    found = value(world, "active_rate")
    assert found.denominator == pytest.approx(2 + 2 * 10 / 31)
    assert value(world, "active_rate", today_there() - timedelta(days=11)).denominator == 2


def test_who_left_counts_for_the_days_they_were_there(world: World) -> None:
    Seat.objects.filter(member=world.poul).update(left_at=timezone.now() - timedelta(days=20))
    a_share(world.pia, a_story(world))
    assert value(world, "active_rate").denominator == pytest.approx(1 + 10 / 31)
    assert value(world, "adoption_rate") == Value(1, 1, 1)


def test_withdrawn_consent_is_no_registration(world: World) -> None:
    Consent.objects.filter(member=world.poul).update(withdrawn_at=timezone.now() - timedelta(days=1))
    assert value(world, "adoption_rate") == Value(0.5, 1, 2)


def test_unconfirmed_cancelled_and_deleted_shares_count_nowhere(world: World) -> None:
    story = a_story(world)
    a_share(world.pia, story, visits=3)
    a_share(world.pia, story, visits=5, deleted_at=timezone.now())
    a_share(world.pia, story, visits=7, confirmed_at=None, confirmed_by_api=None, network="x")
    assert value(world, "shares").value == 1
    assert value(world, "visits").value == 3


def test_yesterday_is_counted_as_it_was_yesterday(world: World) -> None:
    story = a_story(world)
    a_share(world.pia, story, days_ago=5, visits=3)
    a_share(world.poul, story, days_ago=0, visits=4)
    a_share(world.poul, story, days_ago=5, deleted_at=timezone.now(), network="x")
    yesterday = today_there() - timedelta(days=1)
    assert (value(world, "shares", yesterday).value, value(world, "visits", yesterday).value) == (2, 3)
    assert (value(world, "shares").value, value(world, "visits").value) == (2, 7)


def test_visits_per_share_leaves_out_shares_without_a_link(world: World) -> None:
    story = a_story(world)
    a_share(world.pia, story, visits=6)
    a_share(world.poul, story, visits=2)
    a_share(world.poul, story, network="x")
    assert value(world, "clicks_per_share") == Value(4, 8, 2)


def test_own_words_and_disclosure(world: World) -> None:
    story = a_story(world)
    a_share(world.pia, story, own_words=True, disclosed=True)
    a_share(world.pia, story, own_words=False, disclosed=False, network="x")
    a_share(world.poul, story, own_words=True, disclosed=None)
    assert value(world, "own_words_rate") == Value(2 / 3, 2, 3)
    assert value(world, "disclosure_rate") == Value(0.5, 1, 2)


def test_invitations_and_readiness(world: World) -> None:
    for member, accepted in ((world.pia, timezone.now()), (world.poul, None), (world.alma, timezone.now())):
        Invitation.objects.create(
            organisation=world.fjordkraft, member=member, token_hash=member.name, expires_at=timezone.now(),
            accepted_at=accepted, sent_at=timezone.now() - timedelta(days=20),
        )  # fmt: skip
    assert value(world, "invitation_acceptance") == Value(0.5, 1, 2)
    a_share(world.pia, a_story(world), days_ago=16)
    assert value(world, "time_to_first_share").value == pytest.approx(4, abs=0.01)


def test_rules_current_asks_for_the_newest_version(world: World) -> None:
    old, new = (
        Guideline.objects.create(
            organisation=world.fjordkraft, version=version, text="Be kind.", published_at=timezone.now()
        )
        for version in (1, 2)
    )
    Acknowledgement.objects.create(organisation=world.fjordkraft, guideline=old, member=world.pia)
    Acknowledgement.objects.create(organisation=world.fjordkraft, guideline=new, member=world.poul)
    assert value(world, "rules_current") == Value(0.5, 1, 2)
    assert value(world, "activation_rate") == Value(1, 2, 2)
    assert value(world, "rules_current", today_there() - timedelta(days=1)).value is None


def test_stories_used_and_their_uptake(world: World) -> None:
    told, _untold = a_story(world), a_story(world, "Nobody tells this.")
    for_wind = a_story(world, "Only for Wind.")
    for_wind.audience.add(world.wind)
    a_share(world.pia, told)
    a_share(world.pia, told, network="x")
    a_share(world.poul, for_wind)
    assert value(world, "content_utilisation") == Value(2 / 3, 2, 3)
    assert value(world, "item_uptake") == Value(2 / 6, 2, 6)
    other = Team.objects.create(organisation=world.fjordkraft, kind="department", name="Sales")
    for_wind.audience.set([other])
    assert value(world, "item_uptake").denominator == 4


def test_another_organisations_clicks_stay_out(world: World) -> None:
    share = a_share(world.pia, a_story(world), visits=3)
    assert share.link is not None
    from genlyd.links.models import LinkDay

    LinkDay.objects.create(
        organisation_id=world.havblik.pk,
        link_id=share.link.pk,
        day=today_there(),
        clicks=9,
        unique_clicks=9,
        human_clicks=9,
    )
    assert value(world, "visits").value == 3


def test_visits_are_taken_off_again_where_they_do_not_count(world: World) -> None:
    """The totals by day hold every link of the period."""
    story = a_story(world)
    a_share(world.pia, story, visits=3)
    a_share(world.poul, story, visits=5, network="x")
    a_share(world.pia, story, visits=7, network="x", deleted_at=timezone.now() - timedelta(days=2))
    signature = Link.objects.create(
        organisation=world.fjordkraft, target="https://a.dk/", kind=Link.Kind.SIGNATURE, network="linkedin",
        campaign=world.period.pk,
    )  # fmt: skip
    followed(signature, 11, timezone.now().date())
    today = timezone.now().date()
    assert visits.by_network(world.period, today) == {"linkedin": 3, "x": 5}
    assert visits.total(world.period, today - timedelta(days=3)) == 15
