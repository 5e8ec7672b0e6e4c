"""Files of this machine that say where an address is; and what is kept of a visitor."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from mmdb_writer import MMDBWriter
from netaddr import IPSet

from genlyd.links.redirect.privacy import seen
from genlyd.links.redirect.surroundings import Surroundings

SALT = b"s" * 32


def country_file(path: Path, **places: str) -> str:
    """An MMDB: country_file(path, DK="192.0.2.0/24")."""
    writer = MMDBWriter(ip_version=6, ipv4_compatible=True, database_type="Test-Country")
    for code, network in places.items():
        writer.insert_network(IPSet([network]), {"country": {"iso_code": code}})
    writer.to_db_file(str(path))
    return str(path)


@dataclass(frozen=True)
class ALink:
    organisation_id: int = 7
    respects_signals: bool = True
    countries: bool = True


@dataclass(frozen=True)
class AVisit:
    opted_out: bool = False
    user_agent: str = "Firefox"
    referrer_host: str = "www.linkedin.com"


@pytest.fixture
def surroundings(tmp_path: Path) -> Surroundings:
    ranges = tmp_path / "datacentres.txt"
    ranges.write_text("# clouds\n198.51.100.0/24\n2001:db8:1::/48\n")
    return Surroundings(country_file(tmp_path / "c.mmdb", DK="192.0.2.0/24", SE="2001:db8::/32"), str(ranges))


def test_country_and_data_centre_of_an_address(surroundings: Surroundings) -> None:
    places = {
        "192.0.2.7": "DK",
        "::ffff:192.0.2.7": "DK",
        "2001:db8::1": "SE",
        "203.0.113.1": "",
        "no address": "",
        "::ffff:": "",
        "": "",
    }
    assert {address: surroundings.country(address) for address in places} == places
    clouds = {"198.51.100.9": True, "2001:db8:1::5": True, "192.0.2.7": False, "": False}
    assert {address: surroundings.is_datacentre(address) for address in clouds} == clouds


def test_without_files_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GENLYD_COUNTRY_FILE", raising=False)
    monkeypatch.delenv("GENLYD_DATACENTRE_FILE", raising=False)
    assert Surroundings.from_environment() is None


def test_files_that_cannot_be_read_are_told_and_no_reason_to_fail(tmp_path: Path) -> None:
    (tmp_path / "broken.mmdb").write_bytes(b"not a database")
    (tmp_path / "broken.txt").write_text("192.0.2.0/24\nAmazon\n")
    found = Surroundings(str(tmp_path / "broken.mmdb"), str(tmp_path / "broken.txt"))
    assert found.country("192.0.2.7") == ""
    assert not found.is_datacentre("192.0.2.7")
    assert found.datacentres is not None
    assert "line 2" in found.datacentres.problem
    gone = Surroundings(str(tmp_path / "gone.mmdb"))
    assert gone.countries is not None
    assert gone.countries.problem == "No such file or directory"


def test_a_file_that_changes_is_read_again_and_a_broken_one_leaves_the_old(tmp_path: Path) -> None:
    path = tmp_path / "ranges.txt"
    path.write_text("192.0.2.0/24\n")
    found = Surroundings("", str(path))
    assert found.datacentres is not None
    for text, problem in (("192.0.2.0/24, more\n", True), ("198.51.100.0/24\n", False)):
        path.write_text(text)
        os.utime(path, (len(text), len(text)))
        found.refresh()
        assert bool(found.datacentres.problem) == problem
        assert found.is_datacentre("192.0.2.7") == problem
    assert found.is_datacentre("198.51.100.1")


def test_what_is_kept_of_a_visitor(surroundings: Surroundings) -> None:
    key, host, private, country, datacentre = seen(ALink(), AVisit(), "192.0.2.7", SALT, surroundings)
    assert (len(key), host, private, country, datacentre) == (16, "www.linkedin.com", False, "DK", False)
    assert key == seen(ALink(), AVisit(), "192.0.2.7", SALT, None)[0]
    assert seen(ALink(), AVisit(), "198.51.100.9", SALT, surroundings)[4]


def test_country_is_not_kept_when_the_organisation_does_not_want_it(surroundings: Surroundings) -> None:
    assert seen(ALink(countries=False), AVisit(), "192.0.2.7", SALT, surroundings)[3] == ""
    assert seen(ALink(), AVisit(), "192.0.2.7", SALT, None)[3] == ""


def test_who_asked_not_to_be_tracked_is_counted_and_never_recognised(surroundings: Surroundings) -> None:
    asked = AVisit(opted_out=True)
    first, second = (seen(ALink(), asked, "192.0.2.7", SALT, surroundings) for _ in range(2))
    assert first[0] != second[0]
    assert len(first[0]) == 16
    assert first[1:] == ("", True, "", False)
    known = seen(ALink(respects_signals=False), asked, "192.0.2.7", SALT, surroundings)
    assert known == seen(ALink(), AVisit(), "192.0.2.7", SALT, surroundings)
