from __future__ import annotations

import pytest

from genlyd.links.domain.country import country_of


@pytest.mark.parametrize(
    ("record", "country"),
    [
        ({"country": {"iso_code": "DK", "names": {"da": "Danmark"}}}, "DK"),  # MaxMind, DB-IP
        ({"country_code": "se", "country": "Sweden"}, "SE"),  # IPinfo lite
        ({"country": "NO"}, "NO"),  # IPinfo
        ({"registered_country": {"iso_code": "DE"}}, "DE"),  # a satellite's address
        ({"country": {}}, ""),
        ({"country": {"iso_code": 7}}, ""),
        ({"country": "ÆØ"}, ""),
        ({}, ""),
        (None, ""),
        ("DK", ""),
    ],
)
def test_country_is_found_in_every_makers_record(record: object, country: str) -> None:
    assert country_of(record) == country
