from datetime import date

import pytest

from genlyd.networks.linkedin.domain import versions


@pytest.mark.parametrize(
    ("version", "ends"),
    [("202511", date(2026, 11, 16)), ("202604", date(2027, 4, 15)), ("202612", date(2027, 12, 15))],
)
def test_a_version_lives_about_a_year(version: str, ends: date) -> None:
    assert versions.sunset(version) == ends
    assert not versions.ends_soon(version, ends.replace(month=ends.month - 2))
    assert versions.ends_soon(version, ends - versions.WARN)
    assert versions.ends_soon(version, ends.replace(year=ends.year + 1))


@pytest.mark.parametrize(
    "text", ["", "202613", "202600", "2026-09", "20260901", "199909", "202609\n", "٢٠٢٦٠٩"]
)
def test_anything_else_is_no_version(text: str) -> None:
    assert not versions.is_version(text)


def test_the_default_is_a_version_that_was_served_when_it_was_looked_up() -> None:
    assert versions.is_version(versions.DEFAULT)
    assert versions.CHECKED.strftime("%Y%m") >= versions.DEFAULT
    assert not versions.ends_soon(versions.DEFAULT, versions.CHECKED)
