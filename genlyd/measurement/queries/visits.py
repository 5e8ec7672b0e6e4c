"""A period's visits by people (C_h), from the totals that ingest keeps: a row for each day and network, not each link.

What is in those totals but does not count on the board is taken off again link by link: links of shares that are
gone or that nobody confirmed, and links of the period outside shares. They are few, and indexes find them.

Totals are distributed by organisation where a database is, shares and links are not: no statement joins the two.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection

from genlyd.measurement.queries.days import end_of
from genlyd.programmes.models import Period

_COUNTED = """
SELECT network, sum(human_clicks) FROM links_daytotal
WHERE organisation_id = %(organisation)s AND campaign_id = %(period)s AND day <= %(day)s GROUP BY network
"""
# A link that does not carry the period's mark is in none of its totals, so only marked ones are taken off.
_BESIDE = """
SELECT link.id, link.network FROM (
    SELECT link_id FROM sharing_share WHERE period_id = %(period)s AND link_id IS NOT NULL AND confirmed_at IS NULL
    UNION ALL
    SELECT link_id FROM sharing_share WHERE period_id = %(period)s AND link_id IS NOT NULL AND confirmed_at >= %(end)s
    UNION ALL
    SELECT link_id FROM sharing_share
    WHERE period_id = %(period)s AND link_id IS NOT NULL AND confirmed_at < %(end)s AND deleted_at < %(end)s
    UNION ALL
    SELECT id FROM links_link
    WHERE organisation_id = %(organisation)s AND kind <> 'share' AND campaign = %(period)s
) beside JOIN links_link link ON link.id = link_id AND link.campaign = %(period)s
"""
_OF_LINKS = """
SELECT link_id, sum(human_clicks) FROM links_linkday
WHERE organisation_id = %(organisation)s AND link_id = ANY(%(links)s) AND day <= %(day)s GROUP BY link_id
"""


def by_network(period: Period, day: date) -> dict[str, int]:
    """At the end of `day`, for every network that had visits."""
    values: dict[str, Any] = {
        "organisation": period.organisation_id, "period": period.pk, "day": day, "end": end_of(period, day)
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, values)
        found = {network: int(visits) for network, visits in cursor.fetchall()}
        if not found:
            return found
        cursor.execute(_BESIDE, values)
        if beside := dict(cursor.fetchall()):
            cursor.execute(_OF_LINKS, {**values, "links": list(beside)})
            for link, visits in cursor.fetchall():
                found[beside[link]] -= int(visits)
    return {network: visits for network, visits in found.items() if visits}


def total(period: Period, day: date) -> int:
    return sum(by_network(period, day).values())
