from pathlib import Path

import pytest
from django.test import Client

from genlyd.base.errors import Refused
from genlyd.people.actions.consent import current_text
from genlyd.people.actions.setup import set_up, setup_code
from genlyd.people.models import Member, Organisation
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=False)
FORM = {
    "organisation": "Nordhavn", "language": "da", "time_zone": "Europe/Copenhagen",
    "email_domains": "@Nordhavn.example",
    "accent": "#0B6E4F", "name": "Signe Bæk", "email": "Signe@nordhavn.example", "password": "seks grønne cykler",
}  # fmt: skip


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: object) -> None:
    settings.HOME = tmp_path


def test_code_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    code = setup_code()
    assert code == setup_code()
    assert (tmp_path / "setup-code").stat().st_mode & 0o777 == 0o600


def test_page_asks_for_the_code_and_refuses_a_wrong_one() -> None:
    client = Client()
    assert client.get("/setup/").status_code == 200
    assert client.get("/setup/wrong/").status_code == 403
    assert client.post("/setup/wrong/", FORM).status_code == 403
    assert not Organisation.objects.exists()


def test_first_run_makes_organisation_administrator_and_consent_text_then_never_again(
    tmp_path: Path, django_capture_on_commit_callbacks: object
) -> None:
    client, code = Client(), setup_code()
    assert client.get(f"/setup/{code}/").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(f"/setup/{code}/", FORM)
    assert (response.status_code, response.headers["Location"]) == (302, "/people/")
    signe = Member.objects.get()
    assert signe.role_kinds == {"administrator", "lead", "participant"}
    assert (signe.email, signe.organisation.email_domains) == ("signe@nordhavn.example", ["nordhavn.example"])
    assert signe.organisation.accent == "#0b6e4f"
    assert "frivilligt" in current_text(signe.organisation).text
    assert client.get("/people/").status_code == 200
    assert setup_code() is None
    assert not (tmp_path / "setup-code").exists()
    assert Client().get(f"/setup/{code}/").status_code == 404


def test_weak_password_is_refused() -> None:
    page = Client().post(f"/setup/{setup_code()}/", {**FORM, "password": "kort"})
    assert page.status_code == 200
    assert not Organisation.objects.exists()


def test_second_browser_with_the_code_is_refused() -> None:
    code = setup_code()
    said = {**FORM, "email_domains": []}
    set_up(code=code, **said)
    with pytest.raises(Refused):
        set_up(code=code, **{**said, "email": "other@nordhavn.example"})
    assert Organisation.objects.count() == 1


def test_installation_with_people_has_no_set_up_page(world: World) -> None:
    assert setup_code() is None
    assert Client().get("/setup/").status_code == 404
