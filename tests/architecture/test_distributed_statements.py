"""What Citus asks of statements. The judge itself; that every statement meets it is seen to while all tests run."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from genlyd.base.distribution import distributed_tables
from genlyd.evaluation.queries import shared_once
from genlyd.links import ingest
from genlyd.links.models import Arrival, Link
from tests.measurement.makers import a_share, a_story
from tests.spread import statements
from tests.spread.statements import RunsOnOneMachineOnly, judge
from tests.world import World

FINE = [
    "SELECT sum(human_clicks) FROM links_linkday WHERE organisation_id = %s AND day <= %s",
    "SELECT 1 FROM links_click c WHERE c.organisation_id = 7 AND (c.at > %s OR c.link_id = 3)",
    "SELECT * FROM sharing_share s JOIN links_linkday d ON d.organisation_id = %s AND d.link_id = s.link_id",
    (
        "SELECT * FROM links_click c JOIN links_linkday d ON d.organisation_id = c.organisation_id WHERE"
        " c.organisation_id = %s AND d.link_id = c.link_id"
    ),
    "INSERT INTO links_batch (id, organisation_id) VALUES (%s, %s), (%s, %s)",
    (
        "INSERT INTO links_click (organisation_id, id) SELECT a.organisation_id, a.id FROM links_arrival a"
        " WHERE a.organisation_id = %s ON CONFLICT DO NOTHING"
    ),
    (
        "INSERT INTO links_linkday AS t (organisation_id, clicks) SELECT %s, j.n FROM unnest(%s::int[]) AS j (n)"
        " ON CONFLICT (organisation_id, link_id, day) DO UPDATE SET clicks = t.clicks + excluded.clicks"
    ),
    "DELETE FROM links_arrival WHERE organisation_id = %s AND id = ANY(%s)",
    (
        "SELECT c.id FROM unnest(%s::bytea[]) AS wanted (visitor) CROSS JOIN LATERAL (SELECT * FROM links_click"
        " WHERE organisation_id = %s AND visitor = wanted.visitor LIMIT 3) AS c"
    ),
    "SELECT id FROM links_arrival WHERE organisation_id = %s ORDER BY at FOR UPDATE SKIP LOCKED",
    "SELECT id FROM links_link WHERE slug = %s",
    "ANALYZE links_click",
    "CREATE TABLE links_click_202612 PARTITION OF links_click FOR VALUES FROM ('2026-12-01') TO ('2027-01-01')",
]
REFUSED = [
    ("SELECT sum(clicks) FROM links_linkday WHERE link_id = %s", "not pinned"),
    ("SELECT 1 FROM links_click WHERE organisation_id IN (%s, %s)", "not pinned"),
    ("SELECT 1 FROM links_click WHERE organisation_id = %s OR link_id = %s", "not pinned"),
    ("SELECT 1 FROM links_click WHERE NOT (organisation_id = %s)", "not pinned"),
    (("SELECT (SELECT sum(clicks) FROM links_linkday d WHERE d.organisation_id = s.organisation_id) FROM"
     " sharing_share s"), "not pinned"),
    (("SELECT (SELECT sum(clicks) FROM links_linkday d WHERE d.organisation_id = %s AND d.link_id = s.link_id)"
     " FROM sharing_share s"), "of the other kind"),
    (("SELECT 1 FROM links_click c WHERE c.organisation_id = %s AND NOT EXISTS (SELECT FROM links_link WHERE"
     " links_link.id = c.link_id)"), "of the other kind"),
    ("SELECT 1 FROM links_click WHERE organisation_id = %s AND NOT EXISTS (SELECT FROM links_link WHERE id = link_id)",
     "of the other kind"),
    ("UPDATE links_click SET verdict = %s WHERE organisation_id = %s AND link_id IN (SELECT id FROM links_link)",
     "reading links_link"),
    ("UPDATE links_click SET verdict = %s WHERE id = %s", "not pinned"),
    ("UPDATE links_click SET organisation_id = %s WHERE organisation_id = %s", "changes organisation_id"),
    ("UPDATE links_batch SET clicks = random() WHERE organisation_id = %s", "RANDOM"),
    ("DELETE FROM links_click WHERE at < %s", "not pinned"),
    ("DELETE FROM links_click_2026_11 WHERE at < %s", "not pinned"),
    ("INSERT INTO links_batch (id) VALUES (%s)", "does not name"),
    ("INSERT INTO links_batch (organisation_id) SELECT o FROM unnest(%s::bigint[]) AS j (o)", "no constant"),
    ("INSERT INTO links_batch (organisation_id) SELECT id FROM people_organisation", "no constant"),
    (("WITH gone AS (DELETE FROM links_arrival WHERE organisation_id = %s RETURNING *) INSERT INTO links_click"
     " (organisation_id, id) SELECT organisation_id, id FROM gone"), "inside a WITH"),
    ("SELECT 1 FROM links_linkday d JOIN links_link l ON l.id = d.link_id WHERE d.organisation_id = %s FOR UPDATE",
     "locks rows"),
    ("EXPLAIN SELECT 1 FROM links_click", "cannot be read"),
]  # fmt: skip


@pytest.mark.parametrize("sql", FINE)
def test_statement_for_one_shard_is_fine(sql: str) -> None:
    assert judge().complaint(sql) == ""


@pytest.mark.parametrize(("sql", "why"), REFUSED)
def test_statement_that_needs_one_machine_is_refused(sql: str, why: str) -> None:
    assert why in judge().complaint(sql)


@pytest.mark.django_db
def test_our_own_statements_are_judged_while_they_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks through Django, or through the driver as ingest does."""

    class Faulty:
        def complaint(self, _sql: str) -> str:
            return "this one is not liked"

    statements._judged.cache_clear()
    monkeypatch.setattr(statements, "judge", Faulty)
    with pytest.raises(RunsOnOneMachineOnly, match=r"genlyd/links/ingest/.*not liked"):
        next(ingest.claim.arrivals(1, datetime.now(UTC), 5))
    statements._judged.cache_clear()


@pytest.mark.django_db
def test_tests_may_ask_what_they_like() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM links_click")


@pytest.mark.django_db
def test_ingest_and_pages_touch_every_distributed_table(
    world: World, as_member: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that a table that is forgotten, or a spy that sees nothing, is found out."""
    monkeypatch.setattr(statements, "seen", Counter())
    at = datetime.now(UTC) - timedelta(hours=1)
    link = Link.objects.create(
        organisation=world.fjordkraft, target="https://a.dk/", published_at=at, member=world.pia, campaign=3
    )
    for minute in range(3):
        Arrival.objects.create(
            organisation_id=link.organisation_id, link_id=link.pk, at=at + timedelta(minutes=minute + 1),
            visitor=b"v" * 16, method="GET", user_agent="Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101"
            " Firefox/145.0", country="DK",
        )  # fmt: skip
    assert ingest.judge(now=datetime.now(UTC)) == 3
    a_share(world.pia, a_story(world), visits=3)
    shared_once(world.period, datetime.now(UTC))
    as_member(world.lene).get(reverse("measurement:board", args=[world.period.pk]))
    assert set(statements.seen) >= set(distributed_tables())
