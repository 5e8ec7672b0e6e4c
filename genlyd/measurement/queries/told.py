"""What networks and people have told of a period's shares, as it was known at the end of a day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import connection

from genlyd.measurement.domain.counts import Known
from genlyd.measurement.queries.shares import confirmed
from genlyd.programmes.models import Period

#: By name of a `Known` in Counts: which shares, whether somebody told a figure of theirs, and what is added up.
_GROUPS: dict[str, tuple[str, str, dict[str, str]]] = {
    "engaged": ("eng IS NOT NULL", "eng_told", {"reactions": "eng"}),
    "seen": ("imp IS NOT NULL", "imp_told", {"impression_sum": "imp"}),
    "reached": ("reach IS NOT NULL", "reach_told", {"reached_sum": "reach"}),
    "passed_on": ("passed IS NOT NULL", "passed_told", {"reshares": "passed"}),
    "engaged_seen": (
        "eng IS NOT NULL AND imp IS NOT NULL", "(eng_told OR imp_told)",
        {"reactions_of_seen": "eng", "impressions_of_engaged": "imp"},
    ),
    "engaged_followed": (
        "eng IS NOT NULL AND followers IS NOT NULL", "eng_told",
        {"reactions_of_followed": "eng", "followers_of_engaged": "followers"},
    ),
    "linked_seen": (
        "imp IS NOT NULL AND link_id IS NOT NULL", "imp_told",
        {"visits_of_seen": "coalesce(visits, 0)", "impressions_of_linked": "imp"},
    ),
}  # fmt: skip
#: Counts that need this query.
SUMS = {
    "reactions", "shares_with_reactions", "impressions", "people_reached", "reshares", "shares_with_reshares",
    "reactions_of_seen", "impressions_of_engaged", "reactions_of_followed", "followers_of_engaged", "visits_of_seen",
    "impressions_of_linked",
}  # fmt: skip

# {shares} is written by the ORM and {columns} above; values are passed apart. A figure is the one in force at the end
# of the day. Engagement is made of its parts, or of their sum where a network tells no more; quotes are reshares too.
_TOLD = """
WITH share AS ({shares}),
figure AS (
    SELECT share_id,
        max(value) FILTER (WHERE metric = 'impressions') AS imp,
        bool_or(quality <> 'measured') FILTER (WHERE metric = 'impressions') AS imp_told,
        max(value) FILTER (WHERE metric = 'members_reached') AS reach,
        bool_or(quality <> 'measured') FILTER (WHERE metric = 'members_reached') AS reach_told,
        sum(value) FILTER (WHERE metric IN ('reshares', 'quotes')) AS passed,
        bool_or(quality <> 'measured') FILTER (WHERE metric IN ('reshares', 'quotes')) AS passed_told,
        greatest(
            sum(value) FILTER (WHERE metric IN ('reactions', 'comments', 'reshares', 'quotes')),
            max(value) FILTER (WHERE metric = 'engagements')
        ) AS eng,
        bool_or(quality <> 'measured')
            FILTER (WHERE metric NOT IN ('impressions', 'members_reached', 'saves')) AS eng_told
    FROM sharing_postreading
    WHERE organisation_id = %s AND read_at < %s AND (until IS NULL OR until >= %s)
        AND share_id IN (SELECT id FROM share)
    GROUP BY share_id
),
visit AS (
    SELECT link_id, sum(human_clicks) AS visits FROM links_linkday
    WHERE organisation_id = %s AND day <= %s AND link_id IN (SELECT link_id FROM share WHERE link_id IS NOT NULL)
    GROUP BY link_id
)
SELECT {columns}
FROM share JOIN figure ON figure.share_id = share.id LEFT JOIN visit USING (link_id)
"""


def told_figures(period: Period, day: date, end: datetime) -> dict[str, Any]:
    """Sums over the shares of which a figure is known, and how many these are, of how many people."""
    shares = confirmed(period, end).values("id", "member_id", "link_id", "followers")
    sql, values = shares.query.sql_with_params()
    organisation = period.organisation_id
    with connection.cursor() as cursor:
        cursor.execute(
            _TOLD.format(shares=sql, columns=", ".join(_columns())),
            [*values, organisation, end, end, organisation, day],
        )
        row = iter(cursor.fetchone())
    found: dict[str, Any] = {}
    for name, (_which, _told, sums) in _GROUPS.items():
        found[name] = Known(next(row), next(row), next(row))
        found |= {total: int(next(row)) for total in sums}
    return found


def _columns() -> list[str]:
    columns = []
    for which, told, sums in _GROUPS.values():
        columns += [
            f"count(*) FILTER (WHERE {which})",
            f"count(DISTINCT member_id) FILTER (WHERE {which})",
            f"count(*) FILTER (WHERE {which} AND {told})",
            *[f"coalesce(sum({value}) FILTER (WHERE {which}), 0)" for value in sums.values()],
        ]
    return columns
