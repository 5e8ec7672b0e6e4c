import ssl
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from genlyd.notifications.actions import deliver, send_again, send_what_waits
from genlyd.notifications.actions.delivery import TryLater, forget_old_mail
from genlyd.notifications.models import Mail
from tests.notifications.smtp_server import Letterbox, LoopbackController

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
pytestmark = pytest.mark.django_db


def a_mail(to: str = "Pia <pia@fjordkraft.example>", **fields: object) -> Mail:
    return Mail.objects.create(
        **{
            "to": to, "subject": "Æblegrød på mandag", "text": "Hej Pia", "html": '<p>Hej <img src="cid:c1"></p>',
            "headers": {"From": "Fjordkraft <genlyd@fjordkraft.example>", "List-Unsubscribe": "<https://x/>"},
            "pictures": {"c1": PNG}, "message_id": "<1@fjordkraft.example>", **fields,
        }
    )  # fmt: skip


def test_mail_arrives_with_text_html_and_picture(letterbox: Letterbox) -> None:
    mail = a_mail()
    deliver(mail.pk, last_try=False)
    [message] = letterbox.received
    assert letterbox.recipients == ["pia@fjordkraft.example"]
    assert message["Subject"] == "Æblegrød på mandag"
    assert message["Message-ID"] == "<1@fjordkraft.example>"
    assert message["List-Unsubscribe"] == "<https://x/>"
    assert message.get_body(("plain",)).get_content().strip() == "Hej Pia"
    assert "cid:c1" in message.get_body(("html",)).get_content()
    [picture] = [part for part in message.walk() if part.get_content_type() == "image/png"]
    assert picture["Content-ID"] == "<c1>"
    assert picture.get_content()[:4] == b"\x89PNG"


def test_sent_mail_keeps_no_words(letterbox: Letterbox) -> None:
    mail = a_mail()
    deliver(mail.pk, last_try=False)
    mail.refresh_from_db()
    assert (mail.state, mail.text, mail.html, mail.pictures) == (Mail.State.SENT, "", "", {})
    assert mail.sent_at is not None


def test_sent_mail_is_never_sent_twice(letterbox: Letterbox) -> None:
    mail = a_mail()
    deliver(mail.pk, last_try=False)
    deliver(mail.pk, last_try=False)
    assert len(letterbox.received) == 1


def test_mail_that_somebody_else_is_sending_is_left_alone(letterbox: Letterbox) -> None:
    mail = a_mail(state=Mail.State.SENDING, claimed_at=timezone.now())
    deliver(mail.pk, last_try=False)
    assert letterbox.received == []


def test_mail_of_a_worker_that_died_is_taken_over(letterbox: Letterbox) -> None:
    mail = a_mail(state=Mail.State.SENDING, claimed_at=timezone.now() - timedelta(minutes=11))
    deliver(mail.pk, last_try=False)
    assert len(letterbox.received) == 1


def test_unknown_address_fails_for_good_and_says_why(letterbox: Letterbox) -> None:
    letterbox.answers["pia@fjordkraft.example"] = "550 No such user here"
    mail = a_mail()
    deliver(mail.pk, last_try=False)
    mail.refresh_from_db()
    assert (mail.state, mail.problem, mail.error) == (
        Mail.State.FAILED, Mail.Problem.ADDRESS, "550 No such user here",
    )  # fmt: skip


def test_busy_server_is_tried_again_and_then_gets_the_mail(letterbox: Letterbox) -> None:
    letterbox.answers["pia@fjordkraft.example"] = "451 Try again later"
    mail = a_mail()
    with pytest.raises(TryLater):
        deliver(mail.pk, last_try=False)
    mail.refresh_from_db()
    assert (mail.state, mail.problem, mail.attempts) == (Mail.State.WAITING, Mail.Problem.BUSY, 1)
    letterbox.answers.clear()
    deliver(mail.pk, last_try=False)
    mail.refresh_from_db()
    assert (mail.state, mail.problem, len(letterbox.received)) == (Mail.State.SENT, "", 1)


def test_busy_server_at_the_last_try_fails(letterbox: Letterbox) -> None:
    letterbox.answers["pia@fjordkraft.example"] = "451 Try again later"
    mail = a_mail()
    deliver(mail.pk, last_try=True)
    mail.refresh_from_db()
    assert mail.state == Mail.State.FAILED


def test_unreachable_server_is_tried_again(settings: object) -> None:
    settings.SMTP_HOST, settings.SMTP_PORT, settings.SMTP_SECURITY = "127.0.0.1", 1, "none"
    mail = a_mail()
    with pytest.raises(TryLater):
        deliver(mail.pk, last_try=False)
    mail.refresh_from_db()
    assert (mail.state, mail.problem) == (Mail.State.WAITING, Mail.Problem.UNREACHABLE)


def test_server_without_encryption_gets_nothing_when_encryption_is_asked_for(
    letterbox: Letterbox, settings: object
) -> None:
    settings.SMTP_SECURITY = "starttls"
    mail = a_mail()
    with pytest.raises(TryLater):
        deliver(mail.pk, last_try=False)
    mail.refresh_from_db()
    assert (mail.problem, letterbox.received) == (Mail.Problem.ENCRYPTION, [])


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", str(key), "-out", str(cert)],
        check=True, capture_output=True,
    )  # fmt: skip
    return cert, key


@pytest.mark.parametrize("trusted", [True, False])
def test_starttls_needs_a_certificate_we_trust(
    *, certificate: tuple[Path, Path], settings: object, monkeypatch: pytest.MonkeyPatch, trusted: bool
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    box = Letterbox()
    controller = LoopbackController(box, tls_context=context, require_starttls=True)
    controller.start()
    try:
        settings.SMTP_HOST, settings.SMTP_PORT, settings.SMTP_SECURITY = (
            "127.0.0.1",
            controller.port,
            "starttls",
        )
        if trusted:
            monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
        mail = a_mail()
        if trusted:
            deliver(mail.pk, last_try=False)
            assert len(box.received) == 1
        else:
            with pytest.raises(TryLater):
                deliver(mail.pk, last_try=False)
            mail.refresh_from_db()
            assert (mail.problem, box.received) == (Mail.Problem.ENCRYPTION, [])
    finally:
        controller.stop()


def test_without_a_mail_server_the_mail_stays(settings: object) -> None:
    settings.SMTP_HOST = ""
    mail = a_mail()
    deliver(mail.pk, last_try=False)
    mail.refresh_from_db()
    assert (mail.state, mail.text, mail.attempts) == (Mail.State.WAITING, "Hej Pia", 0)


def test_waiting_mail_gets_one_job_once_a_mail_server_is_there(letterbox: Letterbox) -> None:
    mail = a_mail()
    a_mail(created_at=timezone.now() - timedelta(days=2))
    assert (send_what_waits(), send_what_waits()) == (1, 0)
    waiting = ProcrastinateJob.objects.filter(queue_name="mail")
    assert [job.args for job in waiting] == [{"mail_id": mail.pk}]


def test_failed_mail_can_be_sent_again_but_sent_mail_cannot(letterbox: Letterbox) -> None:
    failed, sent = a_mail(state=Mail.State.FAILED), a_mail(state=Mail.State.SENT, sent_at=timezone.now())
    assert (send_again(mail=failed), send_again(mail=sent)) == (True, False)


def test_old_mail_is_forgotten() -> None:
    a_mail(created_at=timezone.now() - timedelta(days=91))
    young = a_mail()
    assert forget_old_mail() == 1
    assert list(Mail.objects.all()) == [young]


def test_mail_with_a_header_no_mail_can_carry_fails_for_good(letterbox: Letterbox) -> None:
    mail = a_mail(
        headers={"From": "Fjordkraft <genlyd@fjordkraft.example>", "Reply-To": "a\nBcc: b@x.example"}
    )
    deliver(mail.pk, last_try=False)
    mail.refresh_from_db()
    assert (mail.state, letterbox.received) == (Mail.State.FAILED, [])


def test_sent_code_is_kept_nowhere(letterbox: Letterbox) -> None:
    mail = a_mail(kind="people.account", subject="Your code is K7Q4XZ")
    deliver(mail.pk, last_try=False)
    assert letterbox.received[0]["Subject"] == "Your code is K7Q4XZ"
    mail.refresh_from_db()
    assert mail.subject == ""
