"""The organisations of the measured installation: the largest whole, the others as far as clicks need them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import numpy as np
import psycopg

from tests.speed.links.columns import Table, Values, micros, refill, without_indexes
from tests.speed.links.layout import NETWORKS, Layout, Size

CHUNK = 200_000
STORIES = 200


def make(size: Size, now: Any) -> tuple[Layout, Any]:
    """Organisations, each with its programme and open period. Returns the layout and the largest one's lead."""
    from django.db.models import Max

    from genlyd.links.models import Link
    from genlyd.people.models import Consent, ConsentText, Member, Organisation, Role, User
    from genlyd.programmes.models import Period, Programme

    layout = Layout(size, now, 0, 0)
    houses = Organisation.objects.bulk_create(
        Organisation(name=f"House {number}", time_zone="UTC", email_domains=[f"h{number}.example"])
        for number in range(size.organisations)
    )
    text = ConsentText.objects.create(organisation=houses[0], version=1, text="Taking part is voluntary.")
    user = User.objects.create(email="lead@h0.example", password="!", language="en")
    lead = Member.objects.create(
        organisation=houses[0], user=user, name="Lene", email=user.email, joined_at=layout.begin
    )
    Role.objects.create(member=lead, kind="lead")
    Consent.objects.create(organisation=houses[0], member=lead, text=text, given_at=layout.begin)
    programmes = Programme.objects.bulk_create(
        Programme(organisation=house, name="Colleagues", goal_kind="branding") for house in houses
    )
    periods = Period.objects.bulk_create(
        Period(
            organisation=programme.organisation, programme=programme, name="Autumn", opened_at=layout.begin,
            starts_on=layout.begin.date(), ends_on=(layout.now + timedelta(days=30)).date(),
        )
        for programme in programmes
    )  # fmt: skip
    layout = Layout(
        size,
        now,
        first_member=lead.pk + 1,
        first_link=(Link.objects.aggregate(most=Max("pk"))["most"] or 0) + 1,
    )
    layout.organisations = np.array([house.pk for house in houses])
    layout.periods = np.array([period.pk for period in periods])
    layout.stories = _stories(layout)
    _kpis(layout)
    return layout, lead


def _kpis(layout: Layout) -> None:
    """Five on the board of the largest, with a reading for each day before today."""
    from genlyd.measurement.models import Kpi, Reading

    house, period = int(layout.organisations[0]), int(layout.periods[0])
    keys = ("visits", "shares", "active_rate", "own_words_rate", "clicks_per_share")
    kpis = Kpi.objects.bulk_create(
        Kpi(organisation_id=house, period_id=period, key=key, position=place, target=1_000_000.0)
        for place, key in enumerate(keys, 1)
    )
    Reading.objects.bulk_create(
        Reading(
            organisation_id=house, kpi_id=kpi.pk, day=layout.begin.date() + timedelta(days=number), value=10.0 * number,
            numerator=10.0 * number, denominator=1.0, quality="measured", method_version=1,
        )
        for kpi in kpis
        for number in range(layout.size.days)
    )  # fmt: skip


def load(connection: psycopg.Connection, layout: Layout) -> None:
    """Members, links, and what the largest one's period is made of."""
    # What fills a table need not be checked row by row, nor told to redirect processes that are not there yet.
    if connection.execute("SELECT current_setting('is_superuser')").fetchone() == ("on",):
        connection.execute("SET LOCAL session_replication_role = replica")
    connection.execute("SET LOCAL max_parallel_maintenance_workers = 2")
    for table, chunks in (
        ("people_member", _members(layout)),
        ("programmes_seat", _seats(layout)),
        ("people_consent", _consents(connection, layout)),
    ):
        with without_indexes(connection, table):
            Table(connection, table).copy(chunks)
    refill(connection, "links_link", _links(layout))
    refill(connection, "sharing_share", _shares(layout))
    for table in ("people_member", "programmes_seat", "people_consent", "links_link", "sharing_share"):
        connection.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
        )


def _words(form: str, numbers: np.ndarray) -> np.ndarray:
    """`form` with a number of nine digits in it, as bytes of one length."""
    return np.char.mod(form, numbers).astype(f"S{len(form % 0)}")


def _members(layout: Layout) -> Iterator[tuple[int, Values]]:
    for place, house in enumerate(layout.organisations):
        ids = layout.member_from[place] + np.arange(layout.members[place])
        yield len(ids), {
            "id": ids, "organisation_id": int(house), "name": _words("Kollega %09d", ids),
            "email": _words("k%09d@house.example", ids), "created_at": layout.begin, "joined_at": layout.begin,
            "user_id": None,
        }  # fmt: skip


def _links(layout: Layout) -> Iterator[tuple[int, Values]]:
    from tests.speed.links.layout import slugs_of

    begin = micros(layout.begin)
    for place, house in enumerate(layout.organisations):
        for first in range(0, int(layout.links[place]), CHUNK):
            many = np.arange(first, min(first + CHUNK, int(layout.links[place])))
            networks = layout.networks_of(many)
            for number, network in enumerate(NETWORKS):
                chosen = many[networks == number]
                if not len(chosen):
                    continue
                ids = layout.link_from[place] + chosen
                at = begin + (layout.posted(place, chosen) * 1_000_000).astype("i8")
                target = _words("https://www.house.example/nyheder/%09d/derfor-bygger-vi?kilde=kollega", ids)
                yield len(ids), {
                    "id": ids, "organisation_id": int(house), "slug": slugs_of(ids), "target": target,
                    "network": network,
                    "utm": f'{{"utm_medium": "social", "utm_source": "{network}", "utm_campaign": "efteraar"}}',
                    "kind": "share", "campaign": int(layout.periods[place]), "created_at": at, "published_at": at,
                    "member_id": layout.members_of(place, chosen),
                }  # fmt: skip


def _seats(layout: Layout) -> Iterator[tuple[int, Values]]:
    ids = layout.member_from[0] + np.arange(layout.members[0])
    yield len(ids), {"member_id": ids, "period_id": int(layout.periods[0]), "taken_at": layout.begin}


def _consents(connection: psycopg.Connection, layout: Layout) -> Iterator[tuple[int, Values]]:
    house = int(layout.organisations[0])
    text = connection.execute(
        "SELECT id FROM people_consenttext WHERE organisation_id = %s", [house]
    ).fetchone()
    assert text
    ids = layout.member_from[0] + np.arange(layout.members[0])
    yield len(ids), {"member_id": ids, "organisation_id": house, "text_id": text[0], "given_at": layout.begin}


def _stories(layout: Layout) -> np.ndarray:
    from genlyd.content.models import Story

    stories = Story.objects.bulk_create(
        Story(
            organisation_id=int(layout.organisations[0]), period_id=int(layout.periods[0]), language="da",
            sentence=f"Historie {number}", published_at=layout.begin, not_before=layout.begin,
        )
        for number in range(STORIES)
    )  # fmt: skip
    return np.array([story.pk for story in stories])


def _shares(layout: Layout) -> Iterator[tuple[int, Values]]:
    """Of the largest: each link with clicks was made for one."""
    begin = micros(layout.begin)
    many = np.arange(layout.clicked[0])
    networks = layout.networks_of(many)
    for number, network in enumerate(NETWORKS):
        chosen = many[networks == number]
        at = begin + (layout.posted(0, chosen) * 1_000_000).astype("i8")
        yield len(chosen), {
            "organisation_id": int(layout.organisations[0]), "member_id": layout.members_of(0, chosen),
            "story_id": layout.stories[chosen % STORIES], "period_id": int(layout.periods[0]), "network": network,
            "link_id": layout.link_from[0] + chosen, "way": "api", "text": "Sådan ser det ud hos os. " * 8,
            "language": "da", "planned_at": at, "created_at": at, "confirmed_at": at, "confirmed_by_api": True,
            "own_words": chosen % 3 > 0, "own_share": 1.0, "disclosed": chosen % 10 > 0,
            "followers": chosen % 900 + 50,
        }  # fmt: skip
