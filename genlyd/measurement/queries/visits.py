"""A period's visits by people (C_h), from the totals that ingest keeps: a row for each day and network, not each link.

What is in those totals but does not count on the board is taken off again link by link: links of shares that are
gone or that nobody confirmed, and links of the period outside shares. They are few, and indexes find them.
"""

from __future__ import annotations

from datetime import date

from django.db import connection

from genlyd.measurement.queries.days import end_of
from genlyd.programmes.models import Period

# A link that does not carry the period's mark is in none of its totals, so only marked ones are taken off.
_BY_NETWORK = """
WITH beside AS MATERIALIZED (
    SELECT link_id FROM sharing_share WHERE period_id = %(period)s AND link_id IS NOT NULL AND confirmed_at IS NULL
    UNION ALL
    SELECT link_id FROM sharing_share WHERE period_id = %(period)s AND link_id IS NOT NULL AND confirmed_at >= %(end)s
    UNION ALL
    SELECT link_id FROM sharing_share
    WHERE period_id = %(period)s AND link_id IS NOT NULL AND confirmed_at < %(end)s AND deleted_at < %(end)s
    UNION ALL
    SELECT id FROM links_link
    WHERE organisation_id = %(organisation)s AND kind <> 'share' AND campaign = %(period)s
)
SELECT network, sum(visits) FROM (
    SELECT network, human_clicks AS visits FROM links_daytotal
    WHERE organisation_id = %(organisation)s AND campaign_id = %(period)s AND day <= %(day)s
    UNION ALL
    SELECT link.network, -human_clicks FROM beside
    JOIN links_link link ON link.id = link_id AND link.campaign = %(period)s
    JOIN links_linkday total ON total.organisation_id = %(organisation)s AND total.link_id = link.id AND day <= %(day)s
) totals GROUP BY network
"""


def by_network(period: Period, day: date) -> dict[str, int]:
    """At the end of `day`, for every network that had visits."""
    values = {
        "organisation": period.organisation_id, "period": period.pk, "day": day, "end": end_of(period, day)
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_BY_NETWORK, values)
        return {network: int(visits) for network, visits in cursor.fetchall() if visits}


def total(period: Period, day: date) -> int:
    return sum(by_network(period, day).values())
