"""Judge what the redirect service wrote, and count it: each click exactly once, in one transaction with its sums.

Work is claimed by link (SKIP LOCKED), not by click: first and repeat are questions about one link's clicks in order,
so two workers may share the work but never a link.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from genlyd.links.agents import AGENTS
from genlyd.links.domain import verdict as rules
from genlyd.links.domain.verdict import Hit
from genlyd.links.domain.visitor import day_of
from genlyd.links.models import Click, DaySalt

#: Clicks judged in one transaction.
MOST = 5_000
#: A click is judged after this long: the share's own "published" may be noted a moment after its first hits.
SETTLE = rules.SOON + timedelta(seconds=1)

#: (organisation, link, day) -> clicks, unique and human ones, and human ones that turned out not to be.
Sums = defaultdict[tuple[int, int, date], Counter[str]]


def judge(*, now: datetime, most: int = MOST) -> int:
    """Judge up to `most` clicks. Returns how many; 0 means that nothing is waiting that another worker has not got."""
    with transaction.atomic():
        published = _claim(now, most)
        hits = _waiting(published, now, most)
        if not hits:
            return 0
        names = {hit.id: rules.verdict(hit, published[hit.link_id], AGENTS) for hit in hits}
        sums: Sums = defaultdict(Counter)
        _name_crowds(hits, names, sums)
        marks = rules.firsts(((hit, names[hit.id]) for hit in hits), _known_firsts(hits))
        for hit in hits:
            day = sums[hit.organisation_id, hit.link_id, day_of(hit.at)]
            day["clicks"] += 1
            day["unique"] += marks[hit.id]
            day["human"] += marks[hit.id] and names[hit.id] == rules.HUMAN
        _store(hits, names, marks, now)
        _add(sums)
        return len(hits)


def forget_salts(*, today: date) -> int:
    """Destroy the salts of days that are over; from then on no visitor key leads to anybody."""
    deleted, _by_model = DaySalt.objects.filter(day__lt=today).delete()
    return deleted


def _claim(now: datetime, most: int) -> dict[int, datetime | None]:
    """Links with waiting clicks, locked: id -> when the share went out."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT link_id FROM (SELECT link_id FROM links_click WHERE verdict IS NULL AND at <= %s"
            " ORDER BY at LIMIT %s) AS waiting",
            [now - SETTLE, most],
        )
        wanted = [row[0] for row in cursor.fetchall()]
        if not wanted:
            return {}
        cursor.execute(
            "UPDATE links_click SET verdict = %s, judged_at = %s WHERE verdict IS NULL AND link_id = ANY(%s)"
            " AND NOT EXISTS (SELECT FROM links_link WHERE id = link_id)",
            [rules.ORPHAN, now, wanted],
        )
        # NO KEY: shares that point to the link may be written meanwhile.
        cursor.execute(
            "SELECT id, published_at FROM links_link WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED",
            [wanted],
        )
        return dict(cursor.fetchall())


def _waiting(links: Iterable[int], now: datetime, most: int) -> list[Hit]:
    rows: Any = (
        Click.objects.filter(verdict=None, link_id__in=list(links), at__lte=now - SETTLE)
        .order_by("at")
        .values_list(
            "id",
            "organisation_id",
            "link_id",
            "at",
            "visitor",
            "method",
            "user_agent",
            "prefetch",
            named=True,
        )[:most]
    )
    return [
        Hit(
            id=row.id, organisation_id=row.organisation_id, link_id=row.link_id, at=row.at, visitor=bytes(row.visitor),
            method=row.method, user_agent=row.user_agent, prefetch=row.prefetch,
        )
        for row in rows
    ]  # fmt: skip


def _name_crowds(hits: list[Hit], names: dict[Any, str], sums: Sums) -> None:
    """Name the clicks of visitors who click too often, also those that were taken for a person's before."""
    begin, end = min(hit.at for hit in hits) - rules.HOUR, max(hit.at for hit in hits) + rules.HOUR
    for organisation_id, visitor in _busy(hits, begin, end):
        theirs: list[Any] = list(
            Click.objects.filter(organisation_id=organisation_id, visitor=visitor, at__gte=begin, at__lte=end)
            .order_by("at")
            .values_list("id", "at", "link_id", "verdict", "is_first", named=True)
        )
        for place in rules.crowded([row.at for row in theirs]):
            row = theirs[place]
            if names.get(row.id) == rules.HUMAN:
                names[row.id] = rules.TOO_MANY
            # Only the transaction that turns the row may take it off the sum.
            elif row.verdict == rules.HUMAN and Click.objects.filter(
                organisation_id=organisation_id, id=row.id, verdict=rules.HUMAN
            ).update(verdict=rules.TOO_MANY):
                sums[organisation_id, row.link_id, day_of(row.at)]["no_human"] += bool(row.is_first)


def _busy(hits: list[Hit], begin: datetime, end: datetime) -> list[tuple[int, bytes]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT organisation_id, visitor FROM links_click WHERE at BETWEEN %s AND %s"
            " AND organisation_id = ANY(%s) AND visitor = ANY(%s) GROUP BY 1, 2 HAVING count(*) > %s",
            [
                begin,
                end,
                list({hit.organisation_id for hit in hits}),
                list({hit.visitor for hit in hits}),
                rules.MOST_PER_HOUR,
            ],
        )
        return [(organisation_id, bytes(visitor)) for organisation_id, visitor in cursor.fetchall()]


def _known_firsts(hits: list[Hit]) -> list[tuple[rules.Visit, datetime]]:
    rows = Click.objects.filter(
        organisation_id__in={hit.organisation_id for hit in hits},
        link_id__in={hit.link_id for hit in hits},
        visitor__in={hit.visitor for hit in hits},
        at__gte=min(hit.at for hit in hits) - rules.WINDOW,
        at__lte=max(hit.at for hit in hits) + rules.WINDOW,
        is_first=True,
    ).values_list("organisation_id", "link_id", "visitor", "verdict", "at")
    return [
        ((organisation_id, link_id, bytes(visitor), name == rules.HUMAN), at)
        for organisation_id, link_id, visitor, name, at in rows
    ]


def _store(hits: list[Hit], names: dict[Any, str], marks: dict[Any, bool], now: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE links_click SET verdict = judged.verdict, is_first = judged.is_first, judged_at = %s"
            " FROM unnest(%s::bigint[], %s::uuid[], %s::text[], %s::boolean[])"
            " AS judged (organisation_id, id, verdict, is_first)"
            " WHERE links_click.organisation_id = judged.organisation_id AND links_click.id = judged.id",
            [
                now,
                [hit.organisation_id for hit in hits],
                [hit.id for hit in hits],
                [names[hit.id] for hit in hits],
                [marks[hit.id] for hit in hits],
            ],
        )


def _add(sums: Sums) -> None:
    """Sorted, so that two workers that meet on a day wait for each other instead of locking each other out."""
    with connection.cursor() as cursor:
        cursor.executemany(
            'INSERT INTO links_linkday (organisation_id, link_id, day, clicks, unique_clicks, human_clicks, "window")'
            " VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (organisation_id, link_id, day) DO UPDATE SET"
            " clicks = links_linkday.clicks + excluded.clicks,"
            " unique_clicks = links_linkday.unique_clicks + excluded.unique_clicks,"
            " human_clicks = links_linkday.human_clicks + excluded.human_clicks",
            [
                (*key, counts["clicks"], counts["unique"], counts["human"], rules.WINDOW_MINUTES)
                for key, counts in sorted(sums.items())
                if counts["clicks"]
            ],
        )
        cursor.executemany(
            "UPDATE links_linkday SET human_clicks = human_clicks - %s"
            " WHERE organisation_id = %s AND link_id = %s AND day = %s",
            [(counts["no_human"], *key) for key, counts in sorted(sums.items()) if counts["no_human"]],
        )
