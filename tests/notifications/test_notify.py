from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext as _

from genlyd.notifications import notice as notices
from genlyd.notifications.actions import notify
from genlyd.notifications.models import Mail, Muted
from genlyd.notifications.notice import Notice
from tests.world import World


@pytest.fixture(autouse=True)
def templates(tmp_path: Path, settings: object) -> None:
    (tmp_path / "tried.html").write_text(
        '{% extends "ui/mail.html" %}{% block body %}<p>{{ subject }} {{ what }}</p>{% endblock %}'
    )
    (tmp_path / "tried.txt").write_text("{{ subject }} {{ what }} {{ member.first_name }}")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [str(tmp_path)]}]


@pytest.fixture
def kind() -> Iterator[str]:
    yield notices.declare("tried.kind", "When something is tried")
    del notices._KINDS["tried.kind"]


def tried(kind: str = "tried.always") -> Notice:
    return Notice(kind=kind, subject=lambda: _("Department"), template="tried", context={"what": "<b>"})


def test_notice_is_mailed_in_the_members_language(world: World) -> None:
    world.pia.user.language = "da"
    mail = notify(world.pia, tried())
    assert mail.subject == "Afdeling"
    assert mail.text == "Afdeling <b> Pia\n"
    assert "Afdeling &lt;b&gt;" in mail.html
    assert '<html lang="da"' in mail.html
    assert (mail.organisation, mail.member) == (world.fjordkraft, world.pia)
    assert mail.headers["From"].startswith("Fjordkraft <")


def test_member_without_a_language_gets_the_organisations(world: World) -> None:
    world.pia.user = None
    assert notify(world.pia, tried()).subject == "Afdeling"


def test_member_who_prefers_english_gets_english(world: World) -> None:
    assert notify(world.pia, tried()).subject == "Department"


def test_member_who_has_left_gets_nothing(world: World) -> None:
    world.pia.left_at = timezone.now()
    assert notify(world.pia, tried()) is None
    assert not Mail.objects.exists()


def test_kind_that_cannot_be_switched_off_has_no_unsubscribe(world: World) -> None:
    assert "List-Unsubscribe" not in notify(world.pia, tried()).headers


def test_one_click_unsubscribe_stops_this_kind_for_this_member(
    world: World, kind: str, as_member: Callable[..., Client]
) -> None:
    mail = notify(world.pia, tried(kind))
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    url = mail.headers["List-Unsubscribe"].strip("<>").split("8000", 1)[1]
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(url).status_code == 200
    assert not Muted.objects.exists()
    assert strict.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert strict.post(url).status_code == 200
    assert notify(world.pia, tried(kind)) is None
    assert notify(world.poul, tried(kind)) is not None


def test_unsubscribe_with_a_made_up_token_is_not_found(world: World) -> None:
    assert Client().get("/mail/unsubscribe/bWFkZSB1cA:x:y/").status_code == 404
