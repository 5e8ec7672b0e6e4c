from __future__ import annotations

from datetime import datetime, timedelta, timezone

from genlyd.links.domain.visitor import day_of, visitor_key

SALT, OTHER = b"s" * 32, b"t" * 32


def test_same_visitor_same_day_same_key() -> None:
    assert visitor_key(SALT, 1, "192.0.2.1", "Firefox") == visitor_key(SALT, 1, "192.0.2.1", "Firefox")


def test_anything_else_gives_another_key() -> None:
    keys = {
        visitor_key(SALT, 1, "192.0.2.1", "Firefox"),
        visitor_key(OTHER, 1, "192.0.2.1", "Firefox"),
        visitor_key(SALT, 2, "192.0.2.1", "Firefox"),
        visitor_key(SALT, 1, "192.0.2.2", "Firefox"),
        visitor_key(SALT, 1, "192.0.2.1", "Chrome"),
        visitor_key(SALT, 1, "192.0.2.1F", "irefox"),
    }
    assert len(keys) == 6
    assert {len(key) for key in keys} == {16}


def test_address_is_the_same_whatever_socket_it_came_through() -> None:
    assert visitor_key(SALT, 1, "::ffff:192.0.2.1", "Firefox") == visitor_key(SALT, 1, "192.0.2.1", "Firefox")


def test_day_is_the_one_in_utc() -> None:
    summer = timezone(timedelta(hours=2))
    assert day_of(datetime(2026, 7, 1, 1, 30, tzinfo=summer)).isoformat() == "2026-06-30"
