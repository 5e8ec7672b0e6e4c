from __future__ import annotations

from ipaddress import ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genlyd.links.domain.ranges import NotARange, Ranges, packed, ranges

networks = st.one_of(
    st.builds(
        lambda number, bits: ip_network((number, bits), strict=False),
        st.integers(0, 2**32 - 1),
        st.integers(0, 32),
    ),
    st.builds(
        lambda number, bits: ip_network((number, bits), strict=False),
        st.integers(0, 2**128 - 1),
        st.integers(0, 128),
    ),
)


@st.composite
def near(draw: st.DrawFn) -> tuple[list, list]:
    """Networks, and addresses that lie in them, at their edges and just outside."""
    chosen = draw(st.lists(networks, min_size=1, max_size=8))
    asked = []
    for network in chosen:
        first, last = int(network.network_address), int(network.broadcast_address)
        most = 2**network.max_prefixlen - 1
        numbers = (first, last, first - 1, last + 1, draw(st.integers(first, last)))
        asked += [type(network.network_address)(number) for number in numbers if 0 <= number <= most]
    return chosen, asked


@given(near())
def test_an_address_is_held_exactly_if_a_network_has_it(drawn: tuple[list, list]) -> None:
    chosen, asked = drawn
    known = ranges(str(network) for network in chosen)
    for address in asked:
        meant = getattr(address, "ipv4_mapped", None) or address
        assert known.hold(str(address)) == any(meant in network for network in chosen)


@given(st.lists(networks, max_size=12))
def test_ranges_are_sorted_and_apart(chosen: list) -> None:
    known = ranges(str(network) for network in chosen)
    for first, last in ((known.first_4, known.last_4), (known.first_6, known.last_6)):
        assert all(begin <= end for begin, end in zip(first, last, strict=True))
        assert all(end + 1 < begin for end, begin in zip(list(last), list(first)[1:], strict=False))


def test_lines_may_be_remarks_addresses_or_networks_with_host_bits() -> None:
    known = ranges(["# clouds", "", "192.0.2.7/24  # one", "2001:db8::1", "198.51.100.4"])
    assert len(known) == 3
    assert known.hold("192.0.2.200")
    assert known.hold("2001:db8:0::1")
    assert not known.hold("2001:db8::2")
    assert not known.hold("198.51.100.5")


def test_an_ipv4_address_is_the_same_in_ipv6_spelling() -> None:
    known = ranges(["192.0.2.0/24"])
    assert known.hold("::ffff:192.0.2.9")
    assert packed("::ffff:192.0.2.9") == ip_address("192.0.2.9").packed


@pytest.mark.parametrize(
    "address", ["", "localhost", "192.0.2", "192.0.2.7:80", "unix:", "1.2.3.4\0", "[::1]"]
)
def test_what_is_no_address_is_nowhere(address: str) -> None:
    assert not ranges(["0.0.0.0/0", "::/0"]).hold(address)


def test_nothing_is_in_no_ranges() -> None:
    assert not Ranges().hold("192.0.2.7")


def test_a_line_that_is_no_range_is_named() -> None:
    with pytest.raises(NotARange, match="line 2: 'aws'") as refused:
        ranges(["192.0.2.0/24", "aws"])
    assert refused.value.line == 2
