"""The whole loop once, in Danish, on a phone: a lead, a participant, and everything they touch is real."""

from __future__ import annotations

import io
import re
import urllib.request
import urllib.response
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from tests.cli.house import House, wait_for
from tests.journeys.steps import PHONE, Visitor
from tests.notifications.smtp_server import Letterbox
from tests.servers.pds.server import Pds
from tests.webserver import WebServer

pytestmark = [pytest.mark.journey, pytest.mark.pds, pytest.mark.slow]
Visit = Callable[..., Visitor]

PEOPLE = """Navn;E-mail;Stilling;Afdeling;Lokation;Rolle
Lene Højgaard;lene@fjordkraft.example;Kommunikationschef;Kommunikation;Aalborg;programleder
Pia Bjørn;pia@fjordkraft.example;Vindmølletekniker;Vind;Hirtshals;deltager
Uden Adresse;;Montør;Vind;Hirtshals;deltager
Poul Ærø;poul@fjordkraft.example;Montør;Vind;Hirtshals;deltager
Pia Igen;pia@fjordkraft.example;Tekniker;Vind;Hirtshals;deltager
Skæv Adresse;skæv(at)fjordkraft;Montør;Vind;Hirtshals;deltager
"""
FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Nyt fra Fjordkraft</title><link>{site}</link><description>Nyheder</description>
<item><title>Den nye mølle i Hirtshals drejer</title><link>{site}/moelle</link><guid>{site}/moelle</guid>
<description>Otte kolleger rejste den på tre dage.</description></item></channel></rss>"""
ARTICLE = """<!doctype html><html lang="da"><head><meta charset="utf-8"><title>Den nye mølle drejer</title>
<meta property="og:title" content="Den nye mølle i Hirtshals drejer">
<meta property="og:description" content="Otte kolleger rejste den på tre dage."></head><body>
<p>Møllen.</p></body></html>"""
WORDS = (
    "Jeg arbejder som vindmølletekniker hos Fjordkraft, og i tirsdags stod jeg selv i toppen af den nye mølle. "
    "Mine hænder var iskolde, og udsigten var det hele værd."
)
BROWSER = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1"
)
PREVIEW = "LinkedInBot/1.0 (compatible; Mozilla/5.0)"
#: What Safari on a phone says, whole; unlike those above, so that nobody takes it for one of them.
SCANNER = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 "
    "Mobile/15E148 Safari/604.1"
)
COUNTED = "select sum(human_clicks)::int from links_linkday"


def test_the_whole_loop(
    house: House, visit: Visit, letterbox: tuple[Letterbox, int], news_site: WebServer, real_pds: Pds
) -> None:
    box = letterbox[0]
    news_site.serve("/nyt.xml", FEED.format(site=news_site.url("")).encode(), "application/rss+xml")
    news_site.serve("/moelle", ARTICLE.encode(), "text/html; charset=utf-8")
    alma, lene, pia = visit(house), visit(house), visit(house)

    sets_up(alma, house)
    imports_people(alma, house)
    accepts(lene, box, "lene@fjordkraft.example")
    accepts(pia, box, "pia@fjordkraft.example")
    agrees(pia)

    period = opens_a_period(lene, house)
    chooses_figures(lene, period)
    plans(lene, period)
    follows_news_and_takes_a_story(lene, news_site, house)
    publishes_guidelines(lene)

    story = writes_and_hands_over(pia, house)
    posts_on_bluesky(pia, story, real_pds, house)
    clicks_come(house)
    somebody_scans_the_code(pia, house, news_site)
    figures_move_and_are_shared(lene, pia, period, box, house)


def one(house: House, query: str, *values: object) -> object:
    with house.database() as database:
        row = database.execute(query, values).fetchone()
    return row[0] if row else None


def _where_it_is_noon() -> str:
    """Posts have quiet hours from 21 to 7: this is about one that is written in daylight, whenever the tests run."""
    return f"Etc/GMT{datetime.now(UTC).hour - 12:+d}"


def sets_up(alma: Visitor, house: House) -> None:
    alma.goes_to("/")
    alma.looks()
    # `genlyd up` says where to begin.
    wait_for(lambda: "Begin here" in house.log.read_text(), 20, "the address of the set-up page")
    address = re.search(r"Begin here: (\S+)", house.log.read_text())
    assert address
    alma.goes_to(address[1])
    alma.looks()
    alma.fills(
        name="Alma Krogh", email="alma@fjordkraft.example", password="fire-store-vindmøller-og-en-kat",
        organisation="Fjordkraft", language="da", email_domains="fjordkraft.example",
    )  # fmt: skip
    alma.sends()
    alma.sees("Alma Krogh")
    with house.database() as database:
        database.execute("update people_organisation set time_zone = %s", [_where_it_is_noon()])
    alma.looks()


def imports_people(alma: Visitor, house: House) -> None:
    """Three of six lines are wrong: they are named by number, the others can be imported, nothing before."""
    alma.goes_to("/people/import/")
    alma.looks()
    alma.uploads("file", {"name": "folk.csv", "mimeType": "text/csv", "buffer": PEOPLE.encode("cp1252")})
    alma.sends()
    faults = alma.page.locator("main table").first.inner_text()
    assert re.findall(r"^(\d+)\t", faults, re.MULTILINE) == ["4", "6", "7"]
    alma.looks()
    assert one(house, "select count(*) from people_member") == 1
    alma.presses("form[action$='/confirm/'] button")
    wait_for(lambda: one(house, "select count(*) from people_member") == 4, 20, "the import")
    alma.goes_to(alma.page.url)
    alma.looks()
    alma.presses("form[action$='/people/invite/'] button[name=everybody]")


def accepts(who: Visitor, box: Letterbox, address: str) -> None:
    def letters() -> list[str]:
        return [
            str(mail.get_body(("plain",)).get_content())
            for mail in box.received
            if address in str(mail["To"]) and "/invitation/" in str(mail.get_body(("plain",)).get_content())
        ]

    wait_for(letters, 40, f"an invitation to {address}")
    found = re.search(r"https?://\S+/invitation/\S+", letters()[-1])
    assert found
    who.goes_to(found[0])
    who.looks()
    who.presses("main form button[type=submit]")


def agrees(pia: Visitor) -> None:
    pia.goes_to("/consent/")
    pia.looks()
    pia.presses("form[action$='/consent/give/'] button")
    pia.goes_to("/")
    pia.looks()


def opens_a_period(lene: Visitor, house: House) -> int:
    lene.goes_to("/programmes/")
    lene.looks()
    lene.goes_to("/programmes/new/")
    lene.fills(name="40 nye kolleger", goal_kind="recruitment")
    lene.looks()
    lene.sends()
    today = date.today()  # noqa: DTZ011
    lene.fills(
        name="Vinter", goal="12 nye vindmølleteknikere", starts_on=(today - timedelta(days=1)).isoformat(),
        ends_on=(today + timedelta(days=80)).isoformat(), focus_areas="Faglighed\nKultur",
    )  # fmt: skip
    lene.looks()
    lene.sends()
    period = one(house, "select id from programmes_period")
    assert isinstance(period, int)
    lene.goes_to(f"/period/{period}/")
    lene.looks()
    for name in ("Pia", "Lene"):
        lene.goes_to(f"/programmes/periods/{period}/team/?find={name}")
        lene.looks()
        lene.presses("form[action$='/team/add/'] button")
    lene.goes_to(f"/programmes/periods/{period}/owners/kpis/?q=Lene")
    lene.looks()
    lene.presses("button[name=member], form:has(input[name=member]) button")
    lene.goes_to(f"/period/{period}/")
    lene.presses(f"form[action$='/periods/{period}/open/'] button")
    assert one(house, "select opened_at is not null from programmes_period")
    lene.looks()
    return period


def chooses_figures(lene: Visitor, period: int) -> None:
    lene.goes_to(f"/figures/{period}/choose/")
    lene.looks()
    lene.presses("form[action$='/choose/starters/'] button")
    lene.looks()
    lene.goes_to(f"/period/{period}/")
    lene.looks()


def plans(lene: Visitor, period: int) -> None:
    lene.goes_to(f"/plan/periods/{period}/new/")
    in_a_week = date.today() + timedelta(days=7)  # noqa: DTZ011
    lene.fills(title="Pia fortæller fra toppen", due_on=in_a_week.isoformat(), responsible="Pia Bjørn")
    lene.looks()
    lene.sends()
    lene.sees("Pia fortæller fra toppen")
    for path in (f"/plan/periods/{period}/", "/plan/", "/plan/mine/"):
        lene.goes_to(path)
        lene.looks()


def follows_news_and_takes_a_story(lene: Visitor, news_site: WebServer, house: House) -> None:
    lene.goes_to("/stories/feeds/")
    lene.looks()
    lene.fills(url=news_site.url("/nyt.xml"))
    lene.presses("main form:has([name=url]) button[type=submit]")
    wait_for(lambda: one(house, "select count(*) from content_feeditem"), 30, "the first items")
    lene.goes_to("/stories/review/")
    lene.sees("Den nye mølle i Hirtshals drejer")
    lene.looks()
    lene.presses("main button[value^='take:'], main form:has([value^='take:']) button")
    lene.fills(
        sentence="Otte kolleger rejste den nye mølle i Hirtshals på tre dage.",
        angle_1="Hvad så du deroppe?",
        period=str(one(house, "select id from programmes_period")),
    )
    lene.looks()
    lene.presses("main button[value=publish]")
    assert one(house, "select count(*) from content_story where published_at is not null") == 1
    lene.looks()


def publishes_guidelines(lene: Visitor) -> None:
    lene.goes_to("/rules/")
    lene.looks()
    lene.goes_to("/rules/guidelines/edit/")
    lene.looks()
    lene.presses("main button[name=publish]")
    lene.goes_to("/rules/guidelines/")
    lene.looks()


def writes_and_hands_over(pia: Visitor, house: House) -> int:
    """First a text that is not hers, then one that is; the remarks come while she writes."""
    pia.goes_to("/rules/guidelines/")
    pia.presses("form[action$='/acknowledge/'] button")
    pia.goes_to("/")
    pia.looks()
    story = one(house, "select id from content_story")
    assert isinstance(story, int)
    pia.goes_to(f"/stories/{story}/")
    pia.looks()
    pia.goes_to(f"/share/story/{story}/")
    pia.looks()
    text = pia.finds("main textarea[name=text]")
    text.fill("Vi garanterer verdens bedste arbejdsplads!")
    expect(pia.page.locator(".finding")).not_to_have_count(0)
    pia.looks()
    text.fill(WORDS)
    expect(pia.page.locator(".finding")).to_have_count(0)
    expect(pia.page.locator("#seen")).to_contain_text("Mine hænder var iskolde")
    pia.fills(network="linkedin")
    pia.presses("main button[value=hand_over]")
    assert "/hand-over/" in pia.page.url, pia.page.url
    pia.looks()
    pia.presses("main form[action$='/answer/'] button[value=yes]")
    assert one(house, "select count(*) from sharing_share where confirmed_at is not null") == 1
    pia.goes_to("/share/mine/")
    pia.looks()
    return story


def posts_on_bluesky(pia: Visitor, story: int, pds: Pds, house: House) -> None:
    """The worker posts it: the real server holds exactly this one post."""
    account = pds.account("pia")
    pia.goes_to("/networks/")
    pia.looks()
    pia.presses("main a[href$='/connect/bluesky/']")
    pia.looks()
    pia.fills(asked=account.handle)
    pia.sends()
    pia.looks()
    # Bluesky's own page: it knows who wants what, and Genlyd never sees this password.
    pia.elsewhere = True
    pia.presses("main a.button--primary")
    pia.finds("input[type=password]").fill(account.main_password)
    pia.page.keyboard.press("Enter")
    pia.sees("wants to access your account")
    pia.finds("button[type=submit]").click()
    pia.page.wait_for_url("**/networks/")
    pia.elsewhere = False
    pia.sees(account.handle)
    pia.looks()
    pia.goes_to(f"/share/story/{story}/")
    pia.fills(text="Jeg arbejder hos Fjordkraft. " + WORDS[46:160], network="bluesky")
    pia.page.wait_for_timeout(900)
    pia.page.wait_for_load_state("networkidle")
    pia.presses("main button[value=post]")
    if pia.page.locator("#asks").count():  # it asks once more when there is a remark
        pia.presses("#asks button")
    wait_for(lambda: pds.posts(account.did), 40, "the post on Bluesky")
    wait_for(
        lambda: one(house, "select confirmed_by_api from sharing_share where network = 'bluesky'"),
        20,
        "the confirmation",
    )
    assert len(pds.posts(account.did)) == 1
    pia.goes_to("/share/mine/")
    pia.looks()


def clicks_come(house: House) -> None:
    """Three people and a preview fetcher follow the links; the redirect service sends them on."""
    with house.database() as database:
        slugs = [row[0] for row in database.execute("select slug from links_link order by id").fetchall()]
        # A post has been out for a while before anybody reads it.
        database.execute("update links_link set published_at = published_at - interval '1 minute'")
    opener = urllib.request.build_opener(_Stays)
    for slug in slugs:
        for agent in (f"{BROWSER} a", f"{BROWSER} b", f"{BROWSER} c", PREVIEW):
            address = f"http://127.0.0.1:{house.redirect_port}/{slug}"
            answer = opener.open(urllib.request.Request(address, headers={"User-Agent": agent}))
            if agent == PREVIEW:
                assert (answer.status, b"og:title" in answer.read()) == (200, True)
                continue
            assert answer.status == 302
            assert "utm_medium=employee_advocacy" in answer.headers["Location"]
    wait_for(lambda: one(house, COUNTED) == 3 * len(slugs), 90, "the clicks to be counted")


def somebody_scans_the_code(pia: Visitor, house: House, news_site: WebServer) -> None:
    """Pia shows the QR code of her post's link; a stranger's phone reads it from the picture and lands at the story."""
    before = one(house, COUNTED)
    assert isinstance(before, int)
    pia.goes_to("/share/mine/")
    pia.presses("main .my-post-foot a[href^='/links/']")
    pia.looks()
    seen = Image.open(io.BytesIO(pia.finds("main img.link-qr-picture").screenshot()))
    (code,) = zxingcpp.read_barcodes(seen)
    assert code.text.startswith(f"http://localhost:{house.redirect_port}/moelle-hirtshals-")
    browser = pia.page.context.browser
    assert browser is not None
    stranger = browser.new_context(viewport=PHONE, user_agent=SCANNER, locale="da-DK", has_touch=True)
    page = stranger.new_page()
    page.goto(code.text)
    assert page.url.startswith(f"{news_site.url('/moelle')}?")
    assert "utm_medium=employee_advocacy" in page.url
    expect(page.locator("body")).to_contain_text("Møllen.")
    stranger.close()
    wait_for(lambda: one(house, COUNTED) == before + 1, 90, "the scan to be counted")
    pia.goes_to(pia.page.url)
    expect(pia.page.locator("main .figure-value").first).to_have_text("4")


class _Stays(urllib.request.HTTPRedirectHandler):
    """Looks at where it is sent, and does not go."""

    def http_error_302(self, req: object, fp: object, code: int, _msg: str, headers: object) -> object:
        return urllib.response.addinfourl(fp, headers, req.full_url, code)  # type: ignore[attr-defined]


def figures_move_and_are_shared(
    lene: Visitor, pia: Visitor, period: int, box: Letterbox, house: House
) -> None:
    """The board shows the visits, the scanned one too; the owner's sentence reaches the team by mail."""
    shares = one(house, "select count(*) from sharing_share where confirmed_at is not null")
    assert isinstance(shares, int)
    visits = one(house, "select id from measurement_kpi where key = 'visits'")

    def read() -> object:
        lene.goes_to(f"/figures/{period}/")
        return one(
            house, "select value from measurement_reading where kpi_id = %s order by day desc limit 1", visits
        )

    wait_for(lambda: read() == 3 * shares + 1, 60, "the figure to move")
    lene.looks()
    lene.goes_to(f"/figures/kpi/{visits}/share/")
    lene.looks()
    sentence = "Tre læsere pr. opslag på den første dag: det er Pias iskolde hænder, der gør det."
    lene.fills(sentence=sentence)
    lene.sends()
    told = lambda: [m for m in box.received if sentence in str(m.get_body(("plain",)).get_content())]  # noqa: E731
    wait_for(lambda: len(told()) >= 2, 60, "the mail to the team")
    assert {str(mail["To"]).partition("<")[2].rstrip(">") for mail in told()} >= {"pia@fjordkraft.example"}
    pia.goes_to(f"/figures/{period}/")
    pia.sees(sentence)
    pia.looks()


def reviews_and_drafts_the_next(lene: Visitor, period: int, house: House) -> None:
    """Two posts by one person are too few to name a winner, and it says so; what people decide goes on."""
    lene.goes_to("/reviews/")
    lene.looks()
    lene.goes_to(f"/reviews/{period}/")
    lene.looks()
    lene.presses("form[action$='/begin/'] button")
    lene.looks()
    refused = "select count(*) from evaluation_answer where not result::text ~ '\"ratio\"'"
    assert one(house, refused) == 2
    lene.fills(verb="test", subject="Opslag med et billede af en kollega")
    lene.presses("main form[action$='/decide/'] button[type=submit]")
    lene.sees("Opslag med et billede af en kollega")
    lene.presses("main [popovertarget=finish], main [href='#finish'], main [data-opens=finish]")
    lene.presses("form[action$='/finish/'] button")
    assert one(house, "select closed_at is not null from programmes_period where id = %s", period)
    lene.looks()
    lene.goes_to(f"/reviews/{period}/next/")
    lene.looks()
    lene.fills(name="Forår")
    lene.sends()
    following = one(house, "select id from programmes_period where previous_id = %s", period)
    assert following
    title = one(house, "select title from plan_planline where period_id = %s", following)
    assert "Opslag med et billede af en kollega" in str(title)
    assert one(house, "select count(*) from measurement_kpi where period_id = %s", following)
    lene.goes_to(f"/period/{following}/")
    lene.looks()
