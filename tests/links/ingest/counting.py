"""Clicks to put in, and the sums that plain SQL finds in what was kept of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from genlyd.base.ids import uuid7
from genlyd.links import ingest
from genlyd.links.models import Arrival, Batch, Click, CountryDay, DayTotal, Link, LinkDay, MemberTotal
from genlyd.links.models.clicks import Came
from tests.world import World, a_member

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
LATER = datetime(2026, 3, 20, tzinfo=UTC)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
ODD = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"
CURL = "curl/8.5.0"
TOTALS = (LinkDay, DayTotal, MemberTotal, CountryDay)
_COUNTS = "count(*), count(*) FILTER (WHERE is_first), count(*) FILTER (WHERE is_first AND verdict = 'human')"
_PEOPLE = "count(DISTINCT (at_day, visitor)) FILTER (WHERE verdict = 'human')"
_RAW = """
WITH raw AS (
    SELECT c.*, (c.at AT TIME ZONE 'UTC')::date AS at_day, l.member_id, coalesce(l.campaign, 0) AS campaign, l.network
    FROM links_click c JOIN links_link l ON l.id = c.link_id
)
"""
#: Per table: how it is read, and what plain SQL says it should hold.
_QUERIES = {
    "link": (
        "SELECT link_id, day, clicks, unique_clicks, human_clicks, visitors FROM links_linkday",
        f"SELECT link_id, at_day, {_COUNTS}, count(*) FILTER (WHERE first_today) FROM raw GROUP BY 1, 2",
    ),
    "link, by visitors": (
        "SELECT link_id, day, visitors FROM links_linkday",
        f"SELECT link_id, at_day, {_PEOPLE} FROM raw GROUP BY 1, 2",
    ),
    "day": (
        "SELECT day, campaign_id, network, clicks, unique_clicks, human_clicks, visitors FROM links_daytotal",
        f"SELECT at_day, campaign, network, {_COUNTS}, {_PEOPLE} FROM raw GROUP BY 1, 2, 3",
    ),
    "member": (
        "SELECT span, member_id, clicks, unique_clicks, human_clicks, visitors FROM links_membertotal",
        (
            f"SELECT span, member_id, {_COUNTS}, {_PEOPLE} FROM raw CROSS JOIN LATERAL (VALUES"
            " (to_char(at_day, 'YYYY-MM')), (to_char(at_day, 'IYYY-\"W\"IW')), ('c' || nullif(campaign, 0))) s (span)"
            " WHERE member_id IS NOT NULL AND span IS NOT NULL GROUP BY 1, 2"
        ),
    ),
    "country": (
        "SELECT day, country, human_clicks FROM links_countryday",
        (
            "SELECT at_day, country, count(*) FROM raw"
            " WHERE country <> '' AND is_first AND verdict = 'human' GROUP BY 1, 2"
        ),
    ),
}


def links_of(world: World) -> list[Link]:
    """Two of one member and campaign, one of another network, one of nobody."""
    owner, other = a_member(world.fjordkraft, "Ida"), a_member(world.fjordkraft, "Ove")
    dims: list[dict[str, Any]] = [
        {"member": owner, "campaign": 7, "network": "linkedin"},
        {"member": owner, "campaign": 7, "network": "linkedin"},
        {"member": other, "campaign": 7, "network": "x"},
        {"published_at": AT},
    ]
    return [Link.objects.create(organisation=world.fjordkraft, target="https://a.dk/", **dim) for dim in dims]


def an_arrival(link: Link, at: datetime = AT, visitor: bytes = b"v" * 16, **fields: Any) -> Arrival:
    values = {"user_agent": FIREFOX, "method": "GET", **fields}
    return Arrival(organisation_id=link.organisation_id, link_id=link.pk, at=at, visitor=visitor, **values)


def judge_all(now: datetime = LATER, most: int = ingest.MOST) -> None:
    while ingest.judge(now=now, most=most):
        pass


def again(clicks: Iterable[Came]) -> list[Arrival]:
    """The same clicks as they came."""
    names = [field.attname for field in Came._meta.fields]
    return [Arrival(**{name: getattr(click, name) for name in names}) for click in clicks]


def forget_everything() -> None:
    for model in (Arrival, Click, Batch, *TOTALS):
        model.objects.all().delete()


def state() -> dict[str, list[Any]]:
    """Everything that was found: verdicts and sums. Rows without counts are like no rows."""
    fields = ("id", "verdict", "is_first", "first_today")
    found: dict[str, list[Any]] = {"clicks": sorted(Click.objects.values_list(*fields))}
    for name, (kept, _raw) in _QUERIES.items():
        found[name] = _rows(kept)
    return found


def assert_sums_agree() -> None:
    for name, (kept, raw) in _QUERIES.items():
        assert _rows(kept) == _rows(_RAW + raw), name


def _rows(sql: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return sorted(
            row for row in cursor.fetchall() if any(type(value) is int and value for value in row[-3:])
        )


def an_id(at: datetime) -> Any:
    """As the redirect makes it, of that moment."""
    value = bytearray(int(at.timestamp() * 1000).to_bytes(6, "big") + uuid7().bytes[6:])
    return type(uuid7())(bytes=bytes(value))


def now() -> datetime:
    return timezone.now()
