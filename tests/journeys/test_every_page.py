"""Everything the people of the demonstration find in their navigation: on a phone, in light and dark, for everybody."""

from __future__ import annotations

import pytest

from tests.cli.house import House
from tests.journeys.test_clear_answers import Visit, become

pytestmark = [pytest.mark.journey, pytest.mark.slow]
#: Who looks at which pages; where a path ends in *, the first link on that page is followed too.
PAGES = {
    "participant": ("/", "/stories/*", "/share/mine/", "/me/", "/networks/", "/consent/",
                    "/period/", "/figures/", "/search/?q=vind", "/networks/connect/bluesky/", "/share/practice/",
                    "/share/mine/linkedin/", "/links/", "/links/new/"),
    "lead": ("/", "/programmes/*", "/period/", "/people/*", "/plan/", "/rules/", "/figures/", "/reviews/*",
             "/links/house/", "/links/house/new/"),
    "editor": ("/", "/plan/", "/stories/all/*", "/stories/review/", "/stories/feeds/", "/stories/write/",
               "/rules/guidelines/"),
    "kpis": ("/", "/figures/*"),
    "administrator": ("/people/", "/people/import/", "/people/new/", "/organisation/", "/organisation/departments/",
                      "/mail/", "/share/status/", "/networks/set-up/x/", "/links/domains/",
                      "/links/privacy/"),
}  # fmt: skip


@pytest.mark.parametrize("part", PAGES)
def test_pages_can_be_used_by_everybody(demo: House, visit: Visit, part: str) -> None:
    somebody = become(visit, demo, part)
    for path in PAGES[part]:
        answer = somebody.goes_to(path.rstrip("*"))
        assert answer is not None
        assert answer.ok, f"{path}: {answer.status}"
        somebody.looks()
        if path.endswith("*"):
            inner = somebody.page.locator("main a").evaluate_all(
                "(links, path) => links.map(l => new URL(l.href).pathname)"
                ".find(found => found.startsWith(path) && /[0-9]/.test(found) && found.endsWith('/'))",
                path.rstrip("*"),
            )
            if inner:
                somebody.goes_to(inner)
                somebody.looks()
    assert len(somebody.looked_at) >= len(PAGES[part])
