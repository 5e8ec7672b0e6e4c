"""What the questions are answered from: one row per share, and how many were left out for which reason."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import connection

from genlyd.evaluation.domain.questions import COUNTED_FOR, SharedOnce
from genlyd.programmes.models import Period

# A join to a constant organisation, never a subquery per share: the sums may lie on another machine than the shares.
_SHARES = """
WITH share AS MATERIALIZED (
    SELECT id, member_id, network, shows_person, link_id,
           (confirmed_at AT TIME ZONE 'UTC')::date + %s AS until
    FROM sharing_share
    WHERE period_id = %s AND confirmed_at <= %s AND deleted_at IS NULL AND link_id IS NOT NULL
),
visit AS (
    SELECT share.id, sum(human_clicks) AS visits FROM share
    JOIN links_linkday ON links_linkday.organisation_id = %s AND links_linkday.link_id = share.link_id AND day <= until
    GROUP BY share.id
)
SELECT member_id, network, shows_person, coalesce(visits, 0) FROM share LEFT JOIN visit USING (id)
"""
_LEFT_OUT = """
SELECT count(*) FILTER (WHERE link_id IS NULL), count(*) FILTER (WHERE link_id IS NOT NULL AND confirmed_at > %s)
FROM sharing_share WHERE period_id = %s AND confirmed_at IS NOT NULL AND deleted_at IS NULL
"""


def shared_once(period: Period, now: datetime) -> tuple[list[SharedOnce], dict[str, int]]:
    """Shares whose week of counting is over, each with its human clicks of that week; and the others, counted.

    Authors get numbers by lot, so that nobody can be read out of an answer that is kept.
    """
    old_enough = now - COUNTED_FOR
    with connection.cursor() as cursor:
        cursor.execute(_SHARES, [COUNTED_FOR.days, period.pk, old_enough, period.organisation_id])
        rows = cursor.fetchall()
        cursor.execute(_LEFT_OUT, [old_enough, period.pk])
        without_link, young = cursor.fetchone()
    members = list({row[0] for row in rows})
    secrets.SystemRandom().shuffle(members)
    number = {member: at for at, member in enumerate(members)}
    shares = [
        SharedOnce(number[member], network, shows_person, int(clicks))
        for member, network, shows_person, clicks in rows
    ]
    return shares, {"young": young, "without_link": without_link}
