from __future__ import annotations

import argparse
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from genlyd.cli import doctor
from genlyd.cli.doctor import addresses, clicks, database, mail, place, spool
from genlyd.cli.doctor.finding import Finding, Grade
from tests.links.test_surroundings import country_file


def grades(findings: Iterator[Finding]) -> list[Grade]:
    return [finding.grade for finding in findings]


@pytest.mark.parametrize(
    ("url", "grade", "word"),
    [
        ("http://localhost:8000", Grade.NOTE, "this machine only"),
        ("http://example.com", Grade.BAD, "not encrypted"),
        ("https://example.com/genlyd", Grade.BAD, "has a path"),
        ("genlyd.example.com", Grade.BAD, "no web address"),
        ("https://no-such-host.invalid", Grade.BAD, "DNS"),
    ],
)
def test_site_address_is_judged(settings: Settings, url: str, grade: Grade, word: str) -> None:
    settings.URL = url
    finding = next(addresses.site())
    assert finding.grade == grade
    assert word in finding.what
    assert finding.mend


def test_https_without_a_trusted_proxy_is_bad(settings: Settings) -> None:
    settings.SECURE, settings.BEHIND_PROXY = True, False
    assert grades(addresses.proxy()) == [Grade.BAD]
    settings.BEHIND_PROXY = True
    assert grades(addresses.proxy()) == [Grade.WELL]


def test_links_to_the_visitors_own_machine_are_bad(settings: Settings) -> None:
    settings.URL, settings.LINK_URL = "https://genlyd.example.com", "http://localhost:8001"
    assert grades(addresses.links()) == [Grade.BAD]


def test_demo_on_a_public_address_is_bad(settings: Settings) -> None:
    settings.URL, settings.DEMO = "https://genlyd.example.com", True
    assert [finding.about for finding in addresses.modes()] == ["GENLYD_DEMO"]


def test_stranger_on_our_port_is_bad(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", 0))
        monkeypatch.setenv("GENLYD_PORT", str(stranger.getsockname()[1]))
        assert grades(addresses.ports()) == [Grade.WELL]  # bound, not listening


def test_open_key_file_is_bad(settings: Settings, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    (tmp_path / "secret-keys").write_text("k")
    (tmp_path / "secret-keys").chmod(0o644)
    assert grades(place.keys()) == [Grade.BAD]
    (tmp_path / "secret-keys").chmod(0o600)
    assert grades(place.keys()) == [Grade.WELL]
    settings.SECRET_KEYS = ["short"]
    assert grades(place.keys()) == [Grade.BAD]


def test_mail_server_that_is_not_there_is_bad(settings: Settings) -> None:
    settings.SMTP_HOST = ""
    assert grades(mail.server()) == [Grade.NOTE]
    settings.SMTP_HOST, settings.SMTP_PORT = "127.0.0.1", 9
    assert grades(mail.server()) == [Grade.BAD]


def test_clicks_that_wait_on_this_disk_are_told_of(settings: Settings, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    assert grades(spool.spool()) == [Grade.WELL]
    (tmp_path / "spool").mkdir()
    (tmp_path / "spool" / "clicks-1.jsonl").write_bytes(b"[1]\n[2]\n[3")
    (waits,) = spool.spool()
    assert waits.grade == Grade.NOTE
    assert "2 wait" in waits.what, "half a line was answered to nobody"
    (tmp_path / "spool" / "rejected.jsonl").write_bytes(b"[1]\n")
    refused, _waits = spool.spool()
    assert refused.grade == Grade.BAD
    assert "refused 1;" in refused.what
    assert "docs/operate/links.md" in refused.mend


def test_files_for_clicks_are_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("GENLYD_COUNTRY_FILE", raising=False)
    monkeypatch.delenv("GENLYD_DATACENTRE_FILE", raising=False)
    assert grades(clicks.files()) == []
    (tmp_path / "ranges").write_text("192.0.2.0/24\n")
    monkeypatch.setenv("GENLYD_COUNTRY_FILE", country_file(tmp_path / "c.mmdb", DK="192.0.2.0/24"))
    monkeypatch.setenv("GENLYD_DATACENTRE_FILE", str(tmp_path / "ranges"))
    assert grades(clicks.files()) == [Grade.WELL, Grade.WELL]
    monkeypatch.setattr("genlyd.base.clock.now", lambda: datetime.now(UTC) + timedelta(days=200))
    monkeypatch.setenv("GENLYD_DATACENTRE_FILE", str(tmp_path / "gone"))
    assert grades(clicks.files()) == [Grade.NOTE, Grade.BAD]


@pytest.mark.django_db
def test_database_of_the_tests_is_migrated_and_agrees_about_the_time() -> None:
    assert grades(database.migrations()) == [Grade.WELL]
    assert grades(database.clock()) == [Grade.WELL]


@pytest.mark.django_db
def test_worker_counts_only_while_it_is_heard_of() -> None:
    assert grades(database.worker()) == [Grade.NOTE]
    with connection.cursor() as cursor:
        cursor.execute("insert into procrastinate_workers (last_heartbeat) values (%s)", [datetime.now(UTC)])
    assert grades(database.worker()) == [Grade.WELL]
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_workers set last_heartbeat = now() - %s", [timedelta(minutes=5)])
    assert grades(database.worker()) == [Grade.NOTE]


def test_exit_code_says_whether_something_is_bad(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    finding = Finding(Grade.BAD, "Roof", "leaks", "Mend it.")
    monkeypatch.setattr(doctor, "examine", lambda: iter([Finding(Grade.WELL, "Door", "shut"), finding]))
    assert doctor.run(argparse.Namespace(quiet=True)) == 1
    assert capsys.readouterr().out == "BAD   Roof: leaks\n      -> Mend it.\nSomething needs mending.\n"
