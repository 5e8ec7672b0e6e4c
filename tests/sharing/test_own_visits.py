"""What came of one's own links, on one's own page and on nobody else's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from genlyd.base import clock
from genlyd.links.domain.sums import spans
from genlyd.links.models import MemberTotal
from genlyd.links.totals import OwnVisits, visits_of
from genlyd.people.models import Member
from tests.sharing.makers import a_share, a_story
from tests.world import World

AskAs = Callable[..., Client]
MINE, TITLE, NOUGHT = "/share/mine/", "Visits through your links", "Nobody has come yet."


def came(member: Member, span: str, people: int) -> None:
    MemberTotal.objects.create(
        organisation_id=member.organisation_id, span=span, member_id=member.pk, clicks=people + 90,
        unique_clicks=people + 40, human_clicks=people, visitors=people,
    )  # fmt: skip


def test_totals_are_read_at_once(world: World, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    now = clock.now()
    month, week = spans(now.date())
    Member.objects.filter(pk=world.pia.pk).update(created_at=now - timedelta(days=500))
    world.pia.refresh_from_db()
    earlier, first = (spans((now - timedelta(days=days)).date())[0] for days in (40, 500))
    for span, people in ((month, 56), (week, 7), (earlier, 400), (first, 778), ("c1", 800)):
        came(world.pia, span, people)
    came(world.poul, month, 9999)
    with django_assert_num_queries(1):
        assert visits_of(world.pia, now) == OwnVisits(week=7, month=56, ever=1234)
    assert visits_of(world.oda, now) == OwnVisits(0, 0, 0)


def test_only_the_person_sees_them(world: World, as_member: AskAs) -> None:
    came(world.pia, spans(clock.now().date())[0], 1234)
    page = as_member(world.pia).get(MINE).content.decode()
    assert TITLE in page
    assert "1,234" in page
    assert TITLE not in as_member(world.pia).get(MINE, {"q": "words"}).content.decode()
    for colleague in (world.poul, world.lene, world.alma):
        page = as_member(colleague).get(MINE).content.decode()
        assert "1,234" not in page
        assert TITLE not in page


def test_who_has_posted_hears_that_nobody_has_come_yet(world: World, as_member: AskAs) -> None:
    pia = as_member(world.pia)
    assert NOUGHT not in pia.get(MINE).content.decode()
    a_share(world.pia, a_story(world))
    assert NOUGHT in pia.get(MINE).content.decode()
