"""Ninety days of clicks, in the order in which they came, and their totals, summed by the database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import product

import numpy as np
import psycopg
from psycopg import sql

from tests.speed.links.columns import Table, Values, micros, without_indexes
from tests.speed.links.layout import Layout
from tests.speed.links.totals import Seen

CHUNK = 500_000
#: Mean age of a post when it is clicked: most of them live for a day or two.
LIFE = 16 * 3600.0
#: Neighbouring posts among which one runs away with the clicks.
CROWD = 20
#: (verdict, part of all clicks)
VERDICTS = (("human", 0.90), ("bot", 0.07), ("preview", 0.03))
#: (browser, where it comes from)
AGENTS = (
    (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Safari",
        "www.linkedin.com",
    ),
    (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari",
        "bsky.app",
    ),
    (
        "Mozilla/5.0 (Linux; Android 14; SM-A546B) AppleWebKit/537.36 Chrome/141.0.0.0 Mobile Safari",
        "",
    ),
)


def load(connection: psycopg.Connection, layout: Layout, seed: int = 11) -> Seen:
    """Returns what their totals are made of. In the caller's transaction, month by month."""
    connection.execute("SET LOCAL max_parallel_maintenance_workers = 2")
    seen, done, since, dice = Seen(), 0, 0.0, np.random.default_rng(seed)
    # All of it new in this transaction, so that no log is written.
    connection.execute("TRUNCATE links_click")
    with without_indexes(connection, "links_click"):
        for table, month_end in _partitions(connection, layout):
            until = min(1.0, (month_end - layout.begin).total_seconds() / layout.seconds)
            many = round(layout.size.clicks * until) - done
            if many:
                Table(connection, table).copy(clicks(layout, dice, seen, many, (since, until)), frozen=True)
            done, since = done + many, until
    return seen


def clicks(
    layout: Layout, dice: np.random.Generator, seen: Seen, count: int, between: tuple[float, float]
) -> Iterator[tuple[int, Values]]:
    """`count` of them, evenly spread between two parts of all the days."""
    total, begin = layout.size.clicks, micros(layout.begin)
    thresholds = np.cumsum(layout.weights)
    per_day = np.maximum(3, total * layout.weights / layout.size.days * 0.8).astype("i8")
    forms = [(*verdict, *agent) for verdict, agent in product(VERDICTS, AGENTS)]
    odds = np.cumsum([part / len(AGENTS) for _name, part, *_agent in forms])
    for first in range(0, count, CHUNK):
        many = min(CHUNK, count - first)
        ends = between[0] + (between[1] - between[0]) * np.array([first, first + many]) / count
        second = np.sort(dice.uniform(*(ends * layout.seconds), many))
        place = np.minimum(np.searchsorted(thresholds, dice.random(many)), len(thresholds) - 1)
        posted = np.clip((second - dice.exponential(LIFE, many)) / layout.seconds, 0, 0.999_999)
        link = (posted * layout.clicked[place]).astype("i8")
        start = link // CROWD * CROWD
        width = np.minimum(CROWD, layout.clicked[place] - start)
        link = start + (width * dice.random(many) ** 2).astype("i8")
        at = begin + (second * 1_000_000).astype("i8")
        visitor = (dice.random(many) * per_day[place]).astype("i8")
        rows: Values = {
            "organisation_id": layout.organisations[place], "id": uuid7s(at, dice), "at": at,
            "link_id": layout.link_from[place] + link,
            "visitor": _keys(visitor, place, (second // 86_400).astype("i8")),
            "is_first": dice.random(many) < 0.85,
        }  # fmt: skip
        form = np.minimum(np.searchsorted(odds, dice.random(many)), len(forms) - 1)
        human = form < len(AGENTS)
        rows["first_today"] = human & rows["is_first"] & (dice.random(many) < 0.9)
        day = (second // 86_400).astype("i8")
        link_from_first = rows["link_id"] - layout.first_link
        seen.add(link_from_first, day, rows["is_first"], human, rows["first_today"])
        for number, (verdict, _part, agent, referrer) in enumerate(forms):
            chosen = form == number
            if not chosen.any():
                continue
            yield int(chosen.sum()), {
                **{name: values[chosen] for name, values in rows.items()}, "verdict": verdict, "user_agent": agent,
                "referrer_host": referrer, "method": "GET", "country": "DK", "rules": 1, "batch_id": b"\0" * 16,
            }  # fmt: skip


def uuid7s(at: np.ndarray, dice: np.random.Generator) -> np.ndarray:
    """As genlyd.base.ids makes them."""
    ids = dice.integers(0, 256, (len(at), 16), dtype="u1")
    stamp = (at // 1000 + 946_684_800_000).astype(">u8")
    ids[:, :6] = stamp.view("u1").reshape(-1, 8)[:, 2:]
    ids[:, 6] = ids[:, 6] & 0x0F | 0x70
    ids[:, 8] = ids[:, 8] & 0x3F | 0x80
    return ids


def _keys(visitor: np.ndarray, place: np.ndarray, day: np.ndarray) -> np.ndarray:
    """Sixteen bytes that say nothing, the same for the same visitor on the same day."""
    mixed = (visitor * 1_000_003 + place * 401 + day).astype("u8") * np.uint64(0x9E37_79B9_7F4A_7C15)
    keys = np.empty((len(mixed), 2), dtype="u8")
    keys[:, 0] = mixed ^ mixed >> np.uint64(29)
    keys[:, 1] = mixed * np.uint64(0xBF58_476D_1CE4_E5B9) ^ mixed >> np.uint64(32)
    return keys.view("u1").reshape(-1, 16)


def _partitions(connection: psycopg.Connection, layout: Layout) -> Iterator[tuple[str, datetime]]:
    """Each month's table with the month's end, in order. Those of past months are made: nobody made them ahead."""
    first = layout.begin.replace(day=1)
    while first < layout.end:
        until = (first + timedelta(days=32)).replace(day=1)
        table = f"links_click_{first:%Y_%m}"
        connection.execute(
            sql.SQL(
                "CREATE TABLE IF NOT EXISTS {} PARTITION OF links_click FOR VALUES FROM ({}) TO ({})"
            ).format(sql.Identifier(table), sql.Literal(first.isoformat()), sql.Literal(until.isoformat()))
        )
        yield table, until
        first = until
