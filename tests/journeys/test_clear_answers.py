"""What goes wrong gets a clear answer, in Danish: the issue's last paragraph, in the demonstration, in a browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.cli.house import House
from tests.journeys.steps import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.slow]
Visit = Callable[..., Visitor]
#: Three of five lines are wrong: no address, twice the same, not an address.
PEOPLE = """navn,e-mail,afdeling
Ida Ny,ida.ny@nordvang.example,Elnet
Uden Adresse,,Elnet
Ida Igen,ida.ny@nordvang.example,Elnet
Skæv,skæv(at)nordvang,Elnet
Bo Ny,bo.ny@nordvang.example,Elnet
"""


def become(visit: Visit, demo: House, part: str) -> Visitor:
    somebody = visit(demo)
    somebody.goes_to("/demo/")
    somebody.presses(f"form:has([value={part}]) button")
    return somebody


def test_picking_who_to_be(demo: House, visit: Visit) -> None:
    newcomer = visit(demo)
    newcomer.goes_to("/")  # whoever is nobody yet is asked who to be
    newcomer.sees("Hvem vil du være?")
    newcomer.looks()


def test_a_list_with_errors_in_three_lines(demo: House, visit: Visit) -> None:
    henrik = become(visit, demo, "administrator")
    henrik.goes_to("/people/import/")
    henrik.uploads("file", {"name": "nye.csv", "mimeType": "text/csv", "buffer": PEOPLE.encode("utf-8")})
    henrik.sends()
    rows = henrik.page.locator("main table").first.locator("tbody tr")
    assert [row.split("\t")[0] for row in rows.all_inner_texts()] == ["3", "4", "5"]
    henrik.looks()


def test_a_text_that_calls_itself_a_picture(demo: House, visit: Visit) -> None:
    jakob = become(visit, demo, "editor")
    jakob.goes_to("/stories/write/")
    jakob.fills(sentence="En prøve med en fil, der ikke er et billede.")
    jakob.uploads(
        "picture",
        {"name": "billede.jpg", "mimeType": "image/jpeg", "buffer": b"Jeg er bare en tekst.\n" * 40},
    )
    jakob.presses("main button[value=publish]")
    jakob.sees("ikke et billede")
    jakob.looks()


@pytest.mark.parametrize(
    "address", ["http://192.168.1.1/nyt.xml", "http://127.0.0.1:8080/nyt", "http://10.0.0.7/"]
)
def test_an_address_inside_the_house(demo: House, visit: Visit, address: str) -> None:
    """A private address is never asked, and the page says why."""
    jakob = become(visit, demo, "editor")
    jakob.goes_to("/stories/feeds/")
    jakob.fills(url=address)
    jakob.presses("main form:has([name=url]) button[type=submit]")
    expect(jakob.page.locator("main")).to_contain_text("privat netværk", timeout=30_000)
    jakob.looks()
    jakob.goes_to("/stories/write/")
    jakob.fills(url=address)
    jakob.page.keyboard.press("Tab")
    expect(jakob.page.locator("#peek")).to_contain_text("privat netværk", timeout=30_000)
    jakob.looks()
