from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from genlyd.base.models import AuditEntry
from genlyd.links.models import LinkPrivacy
from tests.links.test_surroundings import country_file
from tests.world import World

AsMember = Callable[..., Client]
PAGE = "/links/privacy/"


@pytest.fixture(autouse=True)
def no_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GENLYD_COUNTRY_FILE", raising=False)
    monkeypatch.delenv("GENLYD_DATACENTRE_FILE", raising=False)


def test_page_says_what_holds_without_anybody_having_chosen(world: World, as_member: AsMember) -> None:
    html = as_member(world.alma).get(PAGE).content.decode()
    assert html.count(" checked") == 2
    assert "deleted after 25 months" in html
    assert "No file: no country" in html
    assert "No list:" in html
    assert not LinkPrivacy.objects.exists()
    assert f'href="{PAGE}"' in as_member(world.alma).get("/organisation/").content.decode()


def test_administrator_chooses_with_a_trace(world: World, as_member: AsMember) -> None:
    assert as_member(world.alma).post(PAGE, {"countries": "on"}).status_code == 302
    wishes = LinkPrivacy.objects.get()
    assert (wishes.organisation, wishes.respect_signals, wishes.countries) == (world.fjordkraft, False, True)
    assert AuditEntry.objects.get(verb="links.privacy_changed").detail == {
        "respect_signals": False, "countries": True,
    }  # fmt: skip
    as_member(world.alma).post(PAGE, {"countries": "on"})
    assert AuditEntry.objects.filter(verb="links.privacy_changed").count() == 1, "nothing changed"
    assert as_member(world.oda).get(PAGE).content.decode().count(" checked") == 2, "not their wish"


@pytest.mark.parametrize("who", ["lene", "erik", "pia"])
def test_only_administrators_choose(world: World, as_member: AsMember, who: str) -> None:
    client = as_member(getattr(world, who))
    assert (client.get(PAGE).status_code, client.post(PAGE).status_code) == (404, 404)
    assert as_member(world.alma).put(PAGE).status_code == 405


def test_page_says_whether_the_files_are_there(
    world: World, as_member: AsMember, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ranges = tmp_path / "ranges.txt"
    ranges.write_text("192.0.2.0/24\n2001:db8::/32\n")
    monkeypatch.setenv("GENLYD_COUNTRY_FILE", country_file(tmp_path / "c.mmdb", DK="192.0.2.0/24"))
    monkeypatch.setenv("GENLYD_DATACENTRE_FILE", str(ranges))
    html = as_member(world.alma).get(PAGE).content.decode()
    assert "Test-Country, made on" in html
    assert "2 ranges of addresses" in html
    assert "The country, as two letters." in html
    ranges.write_text("no range\n")
    monkeypatch.setenv("GENLYD_COUNTRY_FILE", str(tmp_path / "gone.mmdb"))
    html = as_member(world.alma).get(PAGE).content.decode()
    assert "gone.mmdb: No such file or directory" in html
    assert "line 1" in html
    assert "The country, as two letters." not in html
