"""What visitors and programs meet at the whole redirect service, and what is kept of them."""

from __future__ import annotations

import asyncio
import re
from base64 import b64encode
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from genlyd.links.actions import change_privacy
from genlyd.links.models import Arrival, Domain, Link
from genlyd.links.redirect.app import Redirect
from genlyd.links.redirect.service import Service
from genlyd.links.redirect.surroundings import Surroundings
from genlyd.people.models import Member
from tests.links.redirecting import BROWSER, database
from tests.links.test_redirect import ask, one
from tests.links.test_surroundings import country_file
from tests.world import World, build_world

DANISH = {"Accept-Language": "da-DK"}
LINKEDIN = {"User-Agent": "LinkedInBot/1.0 (compatible; Mozilla/5.0; +http://www.linkedin.com)"}
PERSON = {"User-Agent": BROWSER}


@pytest.fixture
def cast(transactional_db: None) -> World:
    world = build_world()
    house = world.fjordkraft
    house.accent, house.website = "#0a5c7a", "https://www.fjordkraft.example/"
    house.save()
    return world


def a_link(world: World, **fields: Any) -> Link:
    return Link.objects.create(organisation=world.fjordkraft, target="https://a.dk/job", **fields)


def test_a_closed_link_and_an_own_domain_have_the_organisations_look(cast: World, tmp_path: Path) -> None:
    retired = a_link(cast, retired_at=timezone.now())
    expired = a_link(cast, expires_at=timezone.now() - timedelta(seconds=1))
    Domain.objects.create(
        organisation=cast.fjordkraft, host="go.fjordkraft.example", proved_at=timezone.now()
    )
    Domain.objects.create(organisation=cast.havblik, host="go.havblik.example")
    own, not_proved = {"Host": "Go.Fjordkraft.example:443"}, {"Host": "go.havblik.example"}
    pages = ask(
        tmp_path,
        {"path": f"/{retired.slug}", "headers": DANISH},
        {"path": f"/{expired.slug}", "headers": DANISH},
        {"path": "/Nothere", "headers": {**DANISH, **own}},
        {"path": "/", "headers": {**DANISH, **own}},
        {"path": "/a/b", "headers": {**DANISH, **own}},
        {"path": "/nothere", "headers": {**DANISH, **not_proved}},
        {"path": "/nothere", "headers": DANISH},
    )
    assert [page[0] for page in pages] == [410, 410, 404, 200, 404, 404, 404]
    for status, head, body in pages[:5]:
        assert "Gå til fjordkraft.example" in body, status
        assert "/favicon-0a5c7a.svg" in body
        assert head["cache-control"] == "no-store"
    assert "Linket er udløbet" in pages[1][2]
    assert "<code>/Nothere</code>" in pages[2][2]
    for _status, _head, body in pages[5:]:
        assert "Havblik" not in body
        assert "Fjordkraft" not in body
    assert not Arrival.objects.exists()


def test_preview_fetchers_are_told_the_story_and_people_are_sent_on(cast: World, tmp_path: Path) -> None:
    domain = Domain.objects.create(
        organisation=cast.fjordkraft, host="go.fjordkraft.example", proved_at=timezone.now()
    )
    told = a_link(cast, preview={"title": "Vi søger <40>", "image": "javascript:1"})
    own = a_link(cast, preview={"title": "Ja"}, domain=domain)
    silent = a_link(cast)
    card, person, ours, without, head = ask(
        tmp_path,
        {"path": f"/{told.slug}", "headers": LINKEDIN},
        {"path": f"/{told.slug}", "headers": PERSON},
        {"path": f"/{own.slug}", "headers": {**LINKEDIN, "Host": "go.fjordkraft.example"}},
        {"path": f"/{silent.slug}", "headers": LINKEDIN},
        {"path": f"/{told.slug}", "headers": LINKEDIN, "method": "HEAD"},
        link_url="https://gl.example",
    )
    assert card[0] == 200
    assert '<meta property="og:title" content="Vi søger &lt;40&gt;">' in card[2]
    assert f'<meta property="og:url" content="https://gl.example/{told.slug}">' in card[2]
    assert "javascript" not in card[2]
    assert f'<meta property="og:url" content="https://go.fjordkraft.example/{own.slug}">' in ours[2]
    assert [person[0], without[0]] == [302, 302]
    assert (head[0], head[1]["content-length"], head[2]) == (200, card[1]["content-length"], "")
    assert Arrival.objects.filter(user_agent__startswith="LinkedInBot").count() == 4, "a fetch is counted too"


def test_what_scanners_ask_for_costs_no_question_to_the_database(tmp_path: Path) -> None:
    nowhere = "postgresql://nobody@127.0.0.1:1/none"
    answers = ask(
        tmp_path,
        *(
            {"path": path}
            for path in ("/.well-known/change-password", "/wp-login.php", "/.git/config", "/x.png")
        ),
        dsn=nowhere,
    )
    assert {answer[0] for answer in answers} == {404}
    assert {answer[1]["content-type"] for answer in answers} == {"text/plain; charset=utf-8"}


@pytest.mark.parametrize("signal", [{"DNT": "1"}, {"Sec-GPC": "1"}])
def test_who_asks_not_to_be_tracked_is_only_counted(
    cast: World, tmp_path: Path, signal: dict[str, str]
) -> None:
    link = a_link(cast)
    surroundings = Surroundings(country_file(tmp_path / "c.mmdb", DK="192.0.2.0/24"))
    asked = {
        "path": f"/{link.slug}",
        "headers": {**PERSON, "Referer": "https://www.linkedin.com/feed", **signal},
    }

    def visits() -> list[Arrival]:
        Arrival.objects.all().delete()
        assert {answer[0] for answer in ask(tmp_path, asked, asked, surroundings=surroundings)} == {302}
        return list(Arrival.objects.all())

    first, second = visits()
    assert bytes(first.visitor) != bytes(second.visitor)
    assert [(v.private, v.referrer_host, v.country) for v in (first, second)] == [(True, "", "")] * 2
    change_privacy(by=cast.alma, respect_signals=False, countries=True)
    first, second = visits()
    assert bytes(first.visitor) == bytes(second.visitor)
    assert (first.private, first.referrer_host, first.country) == (False, "www.linkedin.com", "DK")
    change_privacy(by=Member.objects.get(pk=cast.alma.pk), respect_signals=False, countries=False)
    assert {visit.country for visit in visits()} == {""}


def everything_stored() -> str:
    """Every row of every table, as text."""
    tables = {
        model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed
    }
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        rows = []
        for table in sorted(tables & there):
            cursor.execute(f'SELECT t::text FROM "{table}" AS t')
            rows += [row[0] for row in cursor.fetchall()]
    assert any(BROWSER in row for row in rows), "the click itself must be among them"
    return "\n".join(rows)


def on_disk(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


@pytest.mark.parametrize("address", ["203.0.113.77", "2001:db8:77::cafe"])
def test_no_address_is_stored_anywhere(cast: World, tmp_path: Path, address: str) -> None:
    """Not as text, bytes or number; not in the database, and not in the files of a service that lost it."""
    link = a_link(cast)
    forwarded = {**PERSON, "X-Forwarded-For": address, "Forwarded": f"for={address}", "X-Real-Ip": address}
    request = {"path": f"/{link.slug}", "headers": forwarded, "address": address}

    async def run() -> bytes:
        app = Redirect()
        service = app.service = Service(database(), tmp_path / "spool", behind_proxy=True)
        await service.start()
        try:
            assert (await one(app, **request))[0] == 302

            async def away() -> Any:
                raise OSError

            service._recorder._connect = away
            service._recorder._connection.terminate()
            assert (await one(app, **request))[0] == 302
            return on_disk(tmp_path)
        finally:
            await service.stop()

    spooled = asyncio.run(run())
    assert BROWSER.encode() in spooled
    raw = ip_address(address).packed
    for kept in (everything_stored().encode(), spooled):
        forms = (
            address.encode(),
            raw,
            raw.hex().encode(),
            b64encode(raw),
            str(int(ip_address(address))).encode(),
        )
        assert not [form for form in forms if form in kept]
        assert not re.search(rb"203\.0\.113\.|2001:db8:77", kept)
