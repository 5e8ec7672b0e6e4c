from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from genlyd.base.models import AuditEntry
from genlyd.notifications.models import Mail, Muted
from tests.notifications.urls_examples import a_mail
from tests.world import World

AsMember = Callable[..., Client]


@pytest.fixture(autouse=True)
def no_server(settings: object) -> None:
    settings.SMTP_HOST = ""


def test_administrator_reads_waiting_mail_while_there_is_no_mail_server(
    world: World, as_member: AsMember
) -> None:
    mail = a_mail(world)
    alma = as_member(world.alma)
    page = alma.get(reverse("notifications:mail_one", args=[mail.pk]))
    assert "Hej Pia" in page.content.decode()
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    frame = alma.get(reverse("notifications:mail_html", args=[mail.pk]))
    policy = frame.headers["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "default-src 'none'" in policy
    assert "script-src 'none'" in policy
    assert AuditEntry.objects.filter(verb="mail.read", actor=world.alma).count() == 1


@pytest.mark.parametrize("state", ["sent", "failed", "sending"])
def test_words_of_mail_that_is_delivered_are_nobody_elses(
    world: World, as_member: AsMember, settings: object, state: str
) -> None:
    mail = a_mail(world)
    Mail.objects.filter(pk=mail.pk).update(state=state, sent_at=timezone.now(), claimed_at=timezone.now())
    alma = as_member(world.alma)
    assert "Hej Pia" not in alma.get(reverse("notifications:mail_one", args=[mail.pk])).content.decode()
    assert alma.get(reverse("notifications:mail_html", args=[mail.pk])).status_code == 404


def test_words_of_waiting_mail_are_hidden_once_there_is_a_mail_server(
    world: World, as_member: AsMember, settings: object
) -> None:
    settings.SMTP_HOST = "mail.example"
    page = as_member(world.alma).get(reverse("notifications:mail_one", args=[a_mail(world).pk]))
    assert "Hej Pia" not in page.content.decode()


def test_lead_has_no_mail_page(world: World, as_member: AsMember) -> None:
    assert as_member(world.lene).get(reverse("notifications:mail")).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_mail_list_asks_as_much_for_three_as_for_one(
    world: World, as_member: AsMember, django_assert_num_queries: Callable, rows: int
) -> None:
    for _n in range(rows):
        a_mail(world)
    alma = as_member(world.alma)
    with django_assert_num_queries(6):
        page = alma.get(reverse("notifications:mail"))
    assert page.content.decode().count(world.pia.email) == rows


def test_member_chooses_which_mail_to_get(world: World, as_member: AsMember) -> None:
    from genlyd.notifications import notice

    notice.declare("tried.choice", "When something is tried")
    try:
        pia = as_member(world.pia)
        assert "When something is tried" in pia.get(reverse("notifications:choices")).content.decode()
        pia.post(reverse("notifications:choices"), {})
        assert Muted.objects.filter(member=world.pia, kind="tried.choice").exists()
        pia.post(reverse("notifications:choices"), {"kind": ["tried.choice"]})
        assert not Muted.objects.filter(member=world.pia, kind="tried.choice").exists()
    finally:
        del notice._KINDS["tried.choice"]


def test_a_code_to_sign_in_with_stands_in_no_list(
    world: World, as_member: AsMember, settings: object
) -> None:
    mail = a_mail(world)
    Mail.objects.filter(pk=mail.pk).update(kind="people.account", subject="Your code is K7Q4XZ")
    alma = as_member(world.alma)
    assert "K7Q4XZ" not in alma.get(reverse("notifications:mail")).content.decode()
    # Without a mail server it can be handed over, and that is noted; with one it is nobody else's.
    settings.SMTP_HOST = "mail.example"
    assert "K7Q4XZ" not in alma.get(reverse("notifications:mail_one", args=[mail.pk])).content.decode()


@pytest.mark.django_db
def test_what_somebody_shares_is_told_to_them_alone(world: World, as_member: AsMember) -> None:
    mail = a_mail(world)
    Mail.objects.filter(pk=mail.pk).update(kind="sharing.reminder", subject="Your post for LinkedIn is ready")
    page = as_member(world.alma).get(reverse("notifications:mail")).content.decode()
    assert "LinkedIn" not in page
    assert "For the recipient only" in page
