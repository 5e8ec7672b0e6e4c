"""A history, written into the database within one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from genlyd.cli.simulate.history import History
from genlyd.cli.simulate.texts import Texts
from genlyd.cli.simulate.texts import load as load_texts
from genlyd.cli.simulate.timetable import DAY, midnights
from genlyd.cli.simulate.writer.clicks import write_clicks
from genlyd.cli.simulate.writer.organisation import write_organisation, write_teams
from genlyd.cli.simulate.writer.people import write_people
from genlyd.cli.simulate.writer.programme import write_programme, write_seats
from genlyd.cli.simulate.writer.shares import write_shares
from genlyd.cli.simulate.writer.stories import WrittenStory, write_stories
from genlyd.people.models import Organisation, TeamKind
from genlyd.programmes.models import Period


@dataclass(frozen=True, slots=True)
class Written:
    organisation: Organisation
    texts: Texts
    #: Member ids in the order of the history's people.
    members: list[int]
    periods: list[Period]
    stories: list[WrittenStory]
    #: Link ids in the order of the history's shares.
    links: list[int]


@transaction.atomic
def write(
    history: History,
    *,
    name: str,
    domain: str,
    seed: int,
    lead: int = 0,
    editor: int = 0,
    is_demo: bool = False,
    target: Callable[[int], str] | None = None,
) -> Written:
    """`lead` and `editor` are indices into the history's people. Clicks are left for the real ingest to judge."""
    texts = load_texts(name)
    organisation = write_organisation(name=name, domain=domain, is_demo=is_demo)
    departments = write_teams(organisation, history.truths.departments, TeamKind.DEPARTMENT)
    locations = write_teams(organisation, history.truths.locations, TeamKind.LOCATION)
    start = float(midnights(history.periods[0].starts_on, 1, organisation.time_zone)[0])
    members = write_people(
        organisation,
        history.people,
        departments=departments,
        locations=locations,
        invited_at=start - 21 * DAY,
    )
    periods = write_programme(
        organisation, history.periods, created_by=members[lead], focus_areas=texts.focus_areas
    )
    write_seats(periods, history.people, members)
    stories = write_stories(
        organisation,
        history.stories,
        texts,
        periods=periods,
        editor=members[editor],
        target=target or (lambda number: f"https://{domain}/nyt/{number + 1}"),
    )
    links = write_shares(
        organisation,
        history.shares,
        members=members,
        stories=stories,
        periods=periods,
        openings=texts.openings,
        seed=seed,
    )
    write_clicks(organisation, history.clicks, history.shares, links=links, seed=seed)
    return Written(organisation, texts, members, periods, stories, links)
