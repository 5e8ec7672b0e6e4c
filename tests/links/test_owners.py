"""Who is told about pages behind links outside shares: once, and nobody about what is not theirs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from genlyd.base import clock, facts
from genlyd.base.facts import record
from genlyd.links import owners
from genlyd.links.actions.retire import retire_link
from genlyd.links.actions.targets import WANTED, due_targets, keep_targets
from genlyd.links.facts import TargetBack, TargetInTrouble
from genlyd.links.models import Target
from genlyd.links.owners import concerned
from genlyd.notifications.models import Mail
from genlyd.people.models import Role
from tests.links.makers import a_house_link, a_target, an_own_link
from tests.sharing.makers import a_story
from tests.world import World, a_member


def told(fact: object) -> dict[str, Mail]:
    """Who gets which mail. Two mails to one person would fail."""
    Mail.objects.all().delete()
    record(fact)
    for job in ProcrastinateJob.objects.filter(args__fact__startswith="genlyd.links.facts.Target"):
        facts.run(**job.args)
    ProcrastinateJob.objects.all().delete()
    mails = {mail.to: mail for mail in Mail.objects.all()}
    assert len(mails) == Mail.objects.count()
    return {to.split()[0]: mail for to, mail in mails.items()}


def test_owners_of_links_are_told_when_it_goes_and_when_it_is_back(world: World) -> None:
    target = a_target(world)
    an_own_link(world.pia, target=target.url)
    a_house_link(world, target=target.url, created_by=world.erik)
    a_house_link(world, target=target.url, created_by=world.erik, label="Stand")
    an_own_link(world.poul, target=target.url, expires_at=timezone.now() - timedelta(days=1))
    a_house_link(world, target="https://fjordkraft.example/andet", created_by=world.lene)
    gone = told(TargetInTrouble(target_id=target.pk))
    assert {name: mail.subject for name, mail in gone.items()} == {
        "Pia": "The page your link leads to is gone", "Erik": "The page your link leads to is gone",
    }  # fmt: skip
    assert "Under my mails" in gone["Pia"].text
    assert "/change/" in gone["Pia"].text
    assert "Poster" in gone["Erik"].text
    assert "Stand" in gone["Erik"].text
    assert f"/links/pages/{target.pk}/" in gone["Erik"].text
    Target.objects.filter(pk=target.pk).update(health="ok", failures=0, failing_since=None)
    back = told(TargetBack(target_id=target.pk))
    assert {name: mail.subject for name, mail in back.items()} == dict.fromkeys(
        ("Pia", "Erik"), "The page your link leads to answers again"
    )


def test_nobody_gets_two_mails_about_one_page(world: World) -> None:
    target = a_target(world)
    for sentence in ("The blades are made here.", "We sail out every day."):
        a_story(world, sentence=sentence, url=target.url, responsible=world.erik)
    a_house_link(world, target=target.url, created_by=world.erik)
    an_own_link(world.erik, target=target.url)
    gone = told(TargetInTrouble(target_id=target.pk))
    assert {name: mail.subject for name, mail in gone.items()} == {
        "Erik": "The page your story leads to is gone"
    }


def test_a_link_whose_maker_is_not_there_is_told_to_those_who_lead(world: World) -> None:
    target = a_target(world)
    link = a_house_link(world, target=target.url, created_by=world.erik)

    def names() -> list[str]:
        return [one.member.first_name for one in concerned(target, clock.now())]

    assert names() == ["Erik"]
    Role.objects.filter(member=world.erik).delete()
    assert names() == ["Lene"]
    Role.objects.filter(member=world.lene).delete()
    assert names() == ["Alma"]
    link.retired_at = timezone.now()
    link.save()
    assert names() == []


def test_when_everybody_has_a_link_there_those_who_lead_are_told_instead(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(owners, "MOST_TOLD", 2)
    target = a_target(world)
    for number in range(2):
        an_own_link(a_member(world.fjordkraft, f"Mia{number}"), target=target.url)
    assert [one.member.first_name for one in concerned(target, clock.now())] == ["Mia0", "Mia1"]
    an_own_link(world.pia, target=target.url)
    gone = told(TargetInTrouble(target_id=target.pk))
    assert list(gone) == ["Lene"]
    assert "mail signatures and badges of 3 people" in gone["Lene"].text
    assert "Under my mails" not in gone["Lene"].text


def test_a_mail_about_ones_own_link_is_ones_own(world: World) -> None:
    target = a_target(world)
    an_own_link(world.pia, target=target.url)
    assert told(TargetInTrouble(target_id=target.pk))["Pia"].is_personal


def test_a_live_link_on_paper_keeps_its_page_looked_at(world: World) -> None:
    long_ago, now = timezone.now() - WANTED - timedelta(days=1), clock.now()
    pages = {
        name: a_target(
            world, f"https://fjordkraft.example/{name}", wanted_at=long_ago, due_at=long_ago, health="ok"
        )
        for name in ("print", "closed", "over", "nobody")
    }
    a_house_link(world, target=pages["print"].url)
    a_house_link(world, target=pages["print"].url)
    a_house_link(world, target="https://fjordkraft.example/ny-æøå\\")
    retire_link(link=a_house_link(world, target=pages["closed"].url), now=now)
    a_house_link(world, target=pages["over"].url, expires_at=now - timedelta(days=1))
    # What the making of links has noted itself.
    Target.objects.filter(pk__in=[page.pk for page in pages.values()]).update(wanted_at=long_ago)
    Target.objects.filter(url__contains="ny-").delete()
    assert due_targets(now, 10) == []
    assert keep_targets(now=now) == 2
    assert keep_targets(now=now) == 0
    due = {target.url for target in due_targets(now, 10)}
    assert due == {pages["print"].url, "https://fjordkraft.example/ny-æøå\\"}
