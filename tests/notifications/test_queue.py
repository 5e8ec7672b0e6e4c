import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from genlyd.notifications.actions import queue_mail
from genlyd.notifications.models import Mail
from tests.world import World


def jobs() -> list[int]:
    return [job.args["mail_id"] for job in ProcrastinateJob.objects.filter(queue_name="mail")]


@pytest.mark.django_db
def test_mail_becomes_a_row_and_a_job() -> None:
    message = EmailMultiAlternatives("Hej Pia", "Tekst", "Fjord <f@x.example>", ["pia@fjordkraft.example"])
    message.attach_alternative("<p>Tekst</p>", "text/html")
    [mail] = queue_mail(message)
    assert (mail.to, mail.subject, mail.text, mail.html) == (
        "pia@fjordkraft.example", "Hej Pia", "Tekst", "<p>Tekst</p>",
    )  # fmt: skip
    assert mail.state == Mail.State.WAITING
    assert jobs() == [mail.pk]


@pytest.mark.django_db
def test_mail_is_not_sent_when_the_deed_is_rolled_back() -> None:
    def deed_that_fails() -> None:
        with transaction.atomic():
            queue_mail(EmailMessage("s", "t", None, ["pia@fjordkraft.example"]))
            raise LookupError

    with pytest.raises(LookupError):
        deed_that_fails()
    assert not Mail.objects.exists()
    assert jobs() == []


@pytest.mark.django_db
def test_every_recipient_gets_a_mail_of_their_own() -> None:
    mails = queue_mail(EmailMessage("s", "t", None, ["a@x.example", "b@x.example"]))
    assert [mail.to for mail in mails] == ["a@x.example", "b@x.example"]
    assert mails[0].message_id != mails[1].message_id


@pytest.mark.django_db
def test_subject_with_a_line_break_cannot_add_headers() -> None:
    [mail] = queue_mail(EmailMessage("Hej\nBcc: all@x.example", "t", None, ["a@x.example"]))
    assert mail.subject == "Hej Bcc: all@x.example"


def test_django_mail_goes_through_the_outbox(world: World, settings: object) -> None:
    settings.EMAIL_BACKEND = "genlyd.notifications.outbox.OutboxBackend"
    message = EmailMessage("s", "t", None, ["pia@fjordkraft.example"])
    message.genlyd = {"organisation_id": world.fjordkraft.pk, "kind": "people.invitation"}
    message.send()
    mail = Mail.objects.get()
    assert (mail.organisation, mail.kind) == (world.fjordkraft, "people.invitation")


@pytest.mark.django_db
def test_name_with_a_line_break_cannot_add_headers() -> None:
    [mail] = queue_mail(EmailMessage("s", "t", None, ['"Eve\nBcc: all@x.example" <eve@x.example>']))
    assert mail.to == '"Eve Bcc: all@x.example" <eve@x.example>'
