from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genlyd.networks.linkedin.domain import urns

NUMBER = "7141234567890123456"
FEED = "https://www.linkedin.com/feed/update"


@pytest.mark.parametrize(
    ("address", "urn"),
    [
        (f"{FEED}/urn:li:share:{NUMBER}/", f"urn:li:share:{NUMBER}"),
        (f"{FEED}/urn%3Ali%3AugcPost%3A{NUMBER}", f"urn:li:ugcPost:{NUMBER}"),
        (f"{FEED}/urn:li:activity:{NUMBER}/?utm_source=share", f"urn:li:activity:{NUMBER}"),
        (
            f"https://www.linkedin.com/posts/pia-hansen_vi-soeger-folk-share-{NUMBER}-AbCd?x=1",
            f"urn:li:share:{NUMBER}",
        ),
        (f"https://www.linkedin.com/posts/pia_activity-{NUMBER}-AbCd", f"urn:li:activity:{NUMBER}"),
        ("https://www.linkedin.com/in/pia-hansen/", ""),
        ("https://[half", ""),
        ("", ""),
    ],
)
def test_an_address_names_its_post(address: str, urn: str) -> None:
    assert urns.of_address(address) == urn


@given(st.text())
def test_no_address_is_too_strange(address: str) -> None:
    urns.of_address(address)
    urns.made_at(address)


def test_a_post_s_own_number_tells_when_it_was_made() -> None:
    at = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    number = int(at.timestamp() * 1000) << 22 | 1234
    assert urns.made_at(f"urn:li:activity:{number}") == at
    assert urns.made_at("urn:li:activity:100000000000000") is None


def test_our_own_permalink_is_read_back() -> None:
    urn = "urn:li:share:7141234567890123456"
    assert urns.of_address(urns.permalink(urn)) == urn
    assert urns.is_post(urn)
    assert not urns.is_post("urn:li:activity:7141234567890123456")
    assert urns.mentioned(f"Content is a duplicate of {urn}.") == urn
