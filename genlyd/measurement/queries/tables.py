"""Where the figures come from: per network, per story, per department. Groups of fewer than five stay hidden."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from genlyd.content.models import Story
from genlyd.measurement.domain.privacy import LEAST, Group, showable
from genlyd.measurement.queries import visits
from genlyd.measurement.queries.counts import confirmed, seated
from genlyd.measurement.queries.days import end_of
from genlyd.networks.registry import NETWORKS
from genlyd.people.models import Team
from genlyd.programmes.models import Period


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table. What would be one to four people's own figures is None."""

    key: Hashable
    label: str
    #: People in the group: only for departments.
    people: int | None
    sharers: int | None
    shares: int | None
    visits: int | None
    #: Visits per share with a link.
    per_share: float | None
    own_words: float | None

    @property
    def hidden(self) -> bool:
        return self.sharers is None


#: What one may sort by; a hidden figure always comes last.
SORTS = ("label", "people", "sharers", "shares", "visits", "per_share", "own_words")


#: Shares of a period from which on its tables are kept for some seconds in each process.
MANY, LASTS = 20_000, 30.0
_KEPT: dict[tuple[int, date, str, str | None], tuple[list[Row], float]] = {}


@dataclass(frozen=True, slots=True)
class Cut:
    """What the shares are grouped by: a lookup, and names for what is found."""

    field: str
    names: Callable[[list[Any]], dict[Any, str]]


def per_network(period: Period, day: date) -> list[Row]:
    return _rows(period, day, Cut("network", _network_names))


def per_story(period: Period, day: date) -> list[Row]:
    return _rows(period, day, Cut("story_id", _story_names))


def per_department(period: Period, day: date) -> list[Row]:
    """Departments with at least five people in the team, beside which nobody's can be worked out either."""
    seats = _seats_by_department(period, day)
    shown = showable(seats)
    sizes = {group.key: group.people for group in seats}
    cut = Cut("member__department_id", _department_names)
    rows = _rows(period, day, cut, keys=list(sizes))
    return [
        Row(row.key, row.label, sizes[row.key], row.sharers, row.shares, row.visits, row.per_share, row.own_words)
        for row in rows
        if row.key in shown
    ]  # fmt: skip


def sort_rows(rows: list[Row], sort: str) -> list[Row]:
    """By `label` or `-visits`; unknown keys fall back to the most shares first."""
    key, down = sort.lstrip("-"), sort.startswith("-")
    if key not in SORTS:
        key, down = "shares", True
    known = [row for row in rows if getattr(row, key) is not None]
    known.sort(key=lambda row: row.label.casefold())
    known.sort(key=lambda row: row.label.casefold() if key == "label" else getattr(row, key), reverse=down)
    return known + [row for row in rows if getattr(row, key) is None]


def _rows(period: Period, day: date, cut: Cut, keys: list[Any] | None = None) -> list[Row]:
    """Of a period with MANY shares they may be LASTS seconds old: nobody sees what one more share changes."""
    key = (period.pk, day, cut.field, get_language())
    rows, until = _KEPT.get(key, ([], 0.0))
    if time.monotonic() < until:
        return rows
    rows, shares = _read(period, day, cut, keys)
    if shares >= MANY:
        for old in [old for old, (_rows, end) in list(_KEPT.items()) if end <= time.monotonic()]:
            _KEPT.pop(old, None)
        _KEPT[key] = (rows, time.monotonic() + LASTS)
    return rows


def _read(period: Period, day: date, cut: Cut, keys: list[Any] | None) -> tuple[list[Row], int]:
    """The rows, and of how many shares."""
    shares = confirmed(period, end_of(period, day))
    sums = {
        row[cut.field]: row
        for row in shares.values(cut.field).annotate(
            people=Count("member", distinct=True),
            shares=Count("pk"),
            linked=Count("link"),
            own=Count("pk", filter=Q(own_words=True)),
        )
    }
    small = [key for key, row in sums.items() if row["people"] < LEAST]
    members: defaultdict[Any, set[int]] = defaultdict(set)
    for key, member in _pairs(shares, cut.field, small):
        members[key].add(member)
    shown = showable([Group(key, row["people"], frozenset(members[key])) for key, row in sums.items()])
    found = visits.by_network(period, day) if cut.field == "network" else _visits(period, day, shares, cut)
    labels = cut.names(list({*sums, *(keys or ())}))
    rows = [_row(key, labels[key], sums.get(key), found.get(key, 0), visible=key in shown) for key in labels]
    return rows, sum(row["shares"] for row in sums.values())


def _pairs(shares: Any, field: str, keys: list[Any]) -> list[tuple[Any, int]]:
    if not keys:
        return []
    chosen = Q(**{f"{field}__in": [key for key in keys if key is not None]})
    if None in keys:
        chosen |= Q(**{f"{field.removesuffix('_id')}__isnull": True})
    return list(shares.filter(chosen).values_list(field, "member_id").distinct())


def _row(key: Any, label: str, sums: dict[str, Any] | None, visits: int, *, visible: bool) -> Row:
    if sums is None or not visible:
        return Row(key, label, None, None, None, None, None, None)
    return Row(
        key=key, label=label, people=None, sharers=sums["people"], shares=sums["shares"], visits=visits,
        per_share=visits / sums["linked"] if sums["linked"] else None,
        own_words=sums["own"] / sums["shares"],
    )  # fmt: skip


# The part in braces is written by the ORM; its values are passed apart.
_SUMS = """
SELECT share.group_key, sum(human_clicks) FROM ({shares}) share JOIN links_linkday
ON links_linkday.organisation_id = %s AND links_linkday.link_id = share.link_id AND day <= %s GROUP BY 1
"""


def _visits(period: Period, day: date, shares: Any, cut: Cut) -> dict[Any, int]:
    linked = shares.filter(link__isnull=False).values("link_id", group_key=F(cut.field))
    sql, values = linked.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_SUMS.format(shares=sql), [*values, period.organisation_id, day])
        return {key: int(total) for key, total in cursor.fetchall()}


def _seats_by_department(period: Period, day: date) -> list[Group]:
    seats = seated(period, end_of(period, day))
    sizes = dict(seats.values_list("member__department").annotate(Count("member", distinct=True)))
    small = [key for key, people in sizes.items() if people < LEAST]
    members: defaultdict[Any, set[int]] = defaultdict(set)
    for key, member in _pairs(seats, "member__department_id", small):
        members[key].add(member)
    return [Group(key, people, frozenset(members[key])) for key, people in sizes.items()]


def _network_names(keys: list[Any]) -> dict[Any, str]:
    return {key: str(NETWORKS[key].name) if key in NETWORKS else key for key in keys}


def _story_names(keys: list[Any]) -> dict[Any, str]:
    return dict(Story.objects.filter(pk__in=keys).values_list("pk", "sentence"))


def _department_names(keys: list[Any]) -> dict[Any, str]:
    names: dict[Any, str] = dict(
        Team.objects.filter(pk__in=[key for key in keys if key]).values_list("pk", "name")
    )
    if None in keys:
        names[None] = _("No department")
    return names
