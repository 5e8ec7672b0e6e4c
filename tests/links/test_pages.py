"""The pages of the redirect service by themselves: language, look, policy, escaping. No database."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest

from genlyd.links.redirect import files, pages
from genlyd.links.redirect.answer import Answer
from genlyd.links.redirect.look import NOBODY, Look, look
from genlyd.links.redirect.style import ACCENT, colour_of, style
from genlyd.ui.domain.colour import DARK, LIGHT, contrast

FJORDKRAFT = look("Fjordkraft", "#ffd400", "logos/abc.png", "https://www.fjordkraft.dk/job?a=1&b=2")
ALL = {
    "unknown": lambda language, house: pages.unknown(language, house, "k7rw2m"),
    "retired": pages.retired,
    "expired": pages.expired,
    "try_again": lambda language, house: pages.try_again(language, house, "k7rw2m"),
    "door": pages.at_the_door,
}


def headers(answer: Answer) -> dict[str, str]:
    return {name.decode(): value.decode() for name, value in answer.headers}


@pytest.mark.parametrize("page", ALL)
@pytest.mark.parametrize("house", [NOBODY, FJORDKRAFT], ids=["nobody", "fjordkraft"])
def test_every_page_is_whole_and_allows_nothing_else(page: str, house: Look) -> None:
    danish, english = ALL[page]("da", house), ALL[page]("en", house)
    assert '<html lang="da">' in danish.body.decode()
    assert danish.body != english.body
    for answer in (danish, english):
        body, head = answer.body.decode(), headers(answer)
        [sheet] = re.findall(r"<style>(.*?)</style>", body, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
        assert f"style-src 'sha256-{digest}'" in head["content-security-policy"]
        assert "default-src 'none'" in head["content-security-policy"]
        assert (head["cache-control"], head["x-robots-tag"]) == ("no-store", "noindex")
        assert head["vary"] == "Accept-Language"
        assert "{" not in re.sub(r"<style>.*?</style>", "", body, flags=re.DOTALL)


def test_statuses() -> None:
    assert {name: page("en", NOBODY).status for name, page in ALL.items()} == {
        "unknown": 404, "retired": 410, "expired": 410, "try_again": 503, "door": 200,
    }  # fmt: skip


def test_the_way_on_is_the_organisations_website() -> None:
    body = pages.retired("da", FJORDKRAFT).body.decode()
    assert '<a href="https://www.fjordkraft.dk/job?a=1&amp;b=2">Gå til fjordkraft.dk</a>' in body
    assert "Fjordkraft har lukket det" in body
    assert "<a" not in pages.retired("da").body.decode()


def test_try_again_leads_to_the_same_link() -> None:
    assert '<a href="/k7rw2m">Prøv igen</a>' in pages.try_again("da", FJORDKRAFT, "k7rw2m").body.decode()


def test_what_others_wrote_is_escaped() -> None:
    evil = look('<script>"{x}', "red;}body{", "../../secret", "javascript:alert(1)")
    body = pages.retired("en", evil).body.decode() + pages.unknown("en", evil, "<b>").body.decode()
    assert "<script" not in body
    assert "<b>" not in body
    assert (evil.colour, evil.logo, evil.website) == (ACCENT, "", "")


@pytest.mark.parametrize("accent", ["#ffd400", "#123456", "#ffffff", "#000000", "", "red"])
def test_accent_can_be_read_in_light_and_dark(accent: str) -> None:
    light, dark = style(colour_of(accent))[0].split("@media")
    for sheet, ground in ((light, LIGHT), (dark, DARK)):
        role = dict(re.findall(r"--([a-z-]+):(#[0-9a-f]{6})", sheet))
        assert contrast(role["accent"], role["accent-ink"]) >= 4.5
        for text in ("ink", "soft", "accent-text"):
            assert contrast(role[text], role["paper"]) >= 4.5
        assert contrast(role["ink"], role["accent-soft"]) >= 4.5
        assert contrast(role["paper"], ground.paper.hex) < 1.1, "the pages' paper is the site's"


def test_logo_is_served_from_this_machine_and_nothing_else_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GENLYD_HOME", str(tmp_path))
    files._logos.clear()
    assert "<img" not in pages.retired("da", FJORDKRAFT).body.decode(), "the uploads are elsewhere"
    (tmp_path / "media" / "logos").mkdir(parents=True)
    (tmp_path / "media" / "logos" / "abc.png").write_bytes(b"\x89PNG")
    (tmp_path / "media" / "secret.png").write_bytes(b"no")
    assert '<img src="/logo/abc.png" alt="Fjordkraft">' in pages.retired("da", FJORDKRAFT).body.decode()
    served = files.file("/logo/abc.png")
    assert served is not None
    assert (served.status, served.body, headers(served)["content-type"]) == (200, b"\x89PNG", "image/png")
    for path in ("/logo/../secret.png", "/logo/none.png", "/logo/abc.svg", "/logo/..%2fsecret.png"):
        refused = files.file(path)
        assert refused is not None
        assert refused.status == 404
    files._logos.clear()


@pytest.mark.parametrize(
    "path", ["/.well-known/security.txt", "/wp-login.php", "/ads.txt", "/apple-touch-icon.png", "/.env"]
)
def test_what_scanners_ask_for_is_a_short_no(path: str) -> None:
    answer = files.file(path)
    assert answer is not None
    assert (answer.status, len(answer.body) < 20) == (404, True)


def test_icon_has_the_organisations_colour() -> None:
    icon = files.file("/favicon-ffd400.svg")
    assert icon is not None
    assert b"#ffd400" in icon.body
    assert files.file("/abc") is None
