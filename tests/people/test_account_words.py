"""What the sign-in machinery says is said in our words, in both languages."""

from collections.abc import Callable
from pathlib import Path

import allauth
import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.template.loader import get_template, render_to_string
from django.test import Client
from django.utils import timezone, translation

from genlyd.notifications.models import Mail
from genlyd.people.models import Member
from tests.world import World

THEIRS = Path(allauth.__file__).parent / "templates"
#: What cannot happen here: nobody signs up alone, has a telephone, resets by code, or learns who has an account.
NEVER = ("account_already_exists", "unknown_account", "phone_", "signup", "password_reset_code")
#: The same template under an older name.
OLD = ("password_reset_message", "password_reset_subject")
SAID = sorted(
    str(path.relative_to(THEIRS))
    for folder in ("account/email", "account/messages", "mfa/email", "mfa/messages")
    for path in (THEIRS / folder).glob("*.txt")
    if not any(word in path.name for word in NEVER) and path.stem not in OLD
)
FACTS = {
    "email": "pia@fjordkraft.example", "recipient": "pia@fjordkraft.example", "from_email": "a@b.example",
    "to_email": "c@d.example", "deleted_email": "a@b.example", "code": "ABC-123", "ip": "192.0.2.1",
    "user_agent": "A browser", "activate_url": "https://genlyd.example/x", "password_reset_url": "https://genlyd.example/y",
}  # fmt: skip


@pytest.mark.parametrize("name", SAID)
def test_mail_or_toast_is_ours_and_danish(name: str) -> None:
    assert "allauth/templates" not in get_template(name).origin.name
    said = {}
    for language in ("en", "da"):
        with translation.override(language):
            said[language] = render_to_string(name, {**FACTS, "timestamp": timezone.now()}).strip()
    assert said["en"] != said["da"] or name.endswith("base_message.txt")


def test_changed_password_is_told_by_mail_in_danish(world: World, as_member: Callable[..., Client]) -> None:
    user = world.pia.user
    user.language = "da"
    user.set_password("en gammel kode til brug")
    user.save()
    answer = as_member(world.pia).post(
        "/account/password/change/",
        {"oldpassword": "en gammel kode til brug", "password1": "en helt ny kode til brug",
         "password2": "en helt ny kode til brug"},
    )  # fmt: skip
    assert answer.status_code == 302
    mail = Mail.objects.get()
    assert mail.subject == "Din adgangskode er ændret"
    assert "Var det ikke, så vælg straks en ny adgangskode" in mail.text


@pytest.fixture
def danish_pia(world: World) -> Member:
    world.pia.user.language = "da"
    world.pia.user.save()
    EmailAddress.objects.create(user=world.pia.user, email=world.pia.email, verified=True, primary=True)
    return world.pia


def test_second_address_is_added_confirmed_and_made_the_main_one(
    danish_pia: Member, as_member: Callable[..., Client], link_mailed_to: Callable[[str], str]
) -> None:
    pia = as_member(danish_pia)
    pia.post("/account/password/set/", {"password1": "en helt ny kode", "password2": "en helt ny kode"})
    page = pia.get("/account/email/").content.decode()
    assert "Mine e-mailadresser" in page
    assert "Hovedadresse" in page
    pia.post("/account/email/", {"action_add": "1", "email": "pia@home.example"})
    confirm = link_mailed_to("pia@home.example")
    assert "Ja, den er min" in pia.get(confirm).content.decode()
    pia.post(confirm)
    pia.post("/account/email/", {"action_primary": "1", "email": "pia@home.example"})
    assert EmailAddress.objects.get(email="pia@home.example").primary
    pia.post("/account/email/", {"action_remove": "1", "email": danish_pia.email})
    assert not EmailAddress.objects.filter(email=danish_pia.email).exists()


def test_used_up_link_says_what_to_do(danish_pia: Member, as_member: Callable[..., Client]) -> None:
    page = as_member(danish_pia).get("/account/confirm-email/nonsense/").content.decode()
    assert "Linket virker ikke længere" in page


def test_closed_access_is_told_in_danish(client: Client, db: None) -> None:
    page = client.get("/account/inactive/", headers={"Accept-Language": "da"}).content.decode()
    assert "Du kan ikke længere logge ind" in page


def test_asked_again_offers_the_other_ways_in_danish(
    danish_pia: Member, as_member: Callable[..., Client]
) -> None:
    danish_pia.user.set_password("en gammel kode til brug")
    danish_pia.user.save()
    TOTP.activate(danish_pia.user, "JBSWY3DPEHPK3PXP")
    pia = as_member(danish_pia)
    assert "Brug en kode" in pia.get("/account/reauthenticate/").content.decode()
    page = pia.get("/account/2fa/reauthenticate/").content.decode()
    assert "Kode fra din app eller en reservekode" in page
    assert "Brug din adgangskode" in page
