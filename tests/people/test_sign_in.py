import re
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from django.urls import reverse

from genlyd.notifications.models import Mail
from tests.world import World

AsMember = Callable[..., Client]
PASSWORD = "seks grønne cykler"
pytestmark = pytest.mark.usefixtures("fresh_limits")
ENTRANCE = ("account_login", "account_request_login_code", "account_reset_password", "account_reset_password_done",
            "account_signup", "account_inactive")  # fmt: skip
MANAGE = ("account_logout", "account_change_password", "account_email", "account_reauthenticate", "mfa_index",
          "mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn", "account_set_password",
          "mfa_view_recovery_codes", "mfa_generate_recovery_codes")  # fmt: skip
INLINE = re.compile(r"<script(?![^>]*(\bsrc=|type=\"application/json\"))|<style|\sstyle=|\son\w+=\"")


@pytest.fixture
def pia(world: World) -> World:
    world.pia.user.set_password(PASSWORD)
    world.pia.user.save()
    EmailAddress.objects.create(user=world.pia.user, email=world.pia.email, verified=True, primary=True)
    return world


def sign_in(client: Client, email: str, password: str) -> object:
    return client.post("/account/login/", {"login": email, "password": password})


def test_password_signs_in(pia: World) -> None:
    client = Client()
    assert sign_in(client, "PIA@fjordkraft.example", PASSWORD).status_code == 302
    assert client.get("/me/").status_code == 200


def test_code_by_mail_signs_in(pia: World) -> None:
    client = Client()
    client.post("/account/login/code/", {"email": pia.pia.email})
    mail = Mail.objects.get()
    assert (mail.organisation, mail.member, mail.kind) == (pia.fjordkraft, pia.pia, "people.account")
    code = mail.subject.removeprefix("Your code is ")
    assert code in mail.html
    assert client.post("/account/login/code/confirm/", {"code": "WRONG1"}).status_code == 200
    assert client.post("/account/login/code/confirm/", {"code": code}).status_code == 302
    assert client.get("/me/").status_code == 200


def test_mail_about_the_account_is_in_the_persons_language(pia: World) -> None:
    pia.pia.user.language = "da"
    pia.pia.user.save()
    Client().post("/account/login/code/", {"email": pia.pia.email}, headers={"Accept-Language": "en"})
    assert Mail.objects.get().subject.startswith("Din kode er ")


def test_stranger_cannot_find_out_who_has_an_account(pia: World) -> None:
    for path, field in (("/account/login/code/", "email"), ("/account/password/reset/", "email")):
        pages = []
        for email in (pia.pia.email, "nobody@fjordkraft.example"):
            answer = Client().post(path, {field: email}, follow=True)
            main = answer.content.decode().split("<main")[1].replace(email, "")
            pages.append((answer.redirect_chain, re.sub(r'value="[^"]{20,}"', "", main)))
        assert pages[0] == pages[1]
    assert set(Mail.objects.values_list("to", flat=True)) == {pia.pia.email}


def test_wrong_password_and_unknown_address_get_the_same_answer(pia: World) -> None:
    answers = {
        re.sub(
            r'value="[^"]*"',
            "",
            sign_in(Client(), email, "wrong wrong wrong").content.decode().split("<main")[1],
        )
        for email in (pia.pia.email, "nobody@fjordkraft.example")
    }
    assert len(answers) == 1


def test_nobody_signs_up_alone(world: World) -> None:
    said = {"email": "eve@fjordkraft.example", "password1": PASSWORD}
    page = Client().post("/account/signup/", said)
    assert "By invitation" in page.content.decode()
    assert not EmailAddress.objects.filter(email="eve@fjordkraft.example").exists()


def test_guessing_is_stopped(pia: World) -> None:
    client = Client()
    for _n in range(5):
        sign_in(client, pia.pia.email, "wrong wrong wrong")
    stopped = sign_in(client, pia.pia.email, PASSWORD)
    assert stopped.status_code in (200, 429)
    assert client.get("/me/").status_code == 302


def test_trying_without_end_shows_the_limit_page(pia: World) -> None:
    answers = [sign_in(Client(), f"p{n}@x.example", "wrong wrong wrong") for n in range(31)]
    assert answers[-1].status_code == 429
    assert "A moment, please" in answers[-1].content.decode()


def test_codes_are_not_mailed_without_end(pia: World) -> None:
    for _n in range(6):
        Client().post("/account/login/code/", {"email": pia.pia.email})
    assert Mail.objects.count() == 3


def test_app_with_codes_is_asked_for_after_the_password(pia: World) -> None:
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(pia.pia.user, secret)
    client = Client()
    assert (
        sign_in(client, pia.pia.email, PASSWORD).headers["Location"].startswith("/account/2fa/authenticate/")
    )
    assert client.get("/me/").status_code == 302
    assert client.get("/account/2fa/authenticate/").status_code == 200
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    assert client.post("/account/2fa/authenticate/", {"code": code}).status_code == 302
    assert client.get("/me/").status_code == 200


def test_language_chosen_before_signing_in_is_spoken_and_after_it_is_kept(pia: World) -> None:
    client = Client()
    client.post(reverse("ui:language"), {"language": "da"})
    assert "Log ind" in client.get("/account/login/").content.decode()
    sign_in(client, pia.pia.email, PASSWORD)
    client.post(reverse("ui:language"), {"language": "da"})
    pia.pia.user.refresh_from_db()
    assert pia.pia.user.language == "da"
    assert "Om dig" in Client_of(pia).get("/me/").content.decode()


def Client_of(world: World) -> Client:  # noqa: N802
    client = Client()
    client.force_login(world.pia.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("name", ENTRANCE + MANAGE)
def test_page_of_sign_in_is_ours_and_has_nothing_inline(pia: World, name: str, language: str) -> None:
    pia.pia.user.language = language
    pia.pia.user.save()
    client = Client(headers={"Accept-Language": language})
    if name in MANAGE:
        sign_in(client, pia.pia.email, PASSWORD)
    if "recovery" in name:
        TOTP.activate(pia.pia.user, "JBSWY3DPEHPK3PXP")
        RecoveryCodes.activate(pia.pia.user)
    page = client.get(reverse(name), follow=True)
    html = page.content.decode()
    assert page.status_code == 200
    assert f'lang="{language}"' in html
    assert 'class="skip"' in html  # our frame
    assert INLINE.findall(html) == []


def test_passkey_page_offers_its_challenge_as_json(pia: World) -> None:
    answer = Client().get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})
    assert "challenge" in answer.json()["request_options"]["publicKey"]
    assert Authenticator.objects.count() == 0
