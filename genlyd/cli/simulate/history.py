"""Everything at once: the history of one organisation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np

from genlyd.cli.simulate import clicks as clicking
from genlyd.cli.simulate import people as peopling
from genlyd.cli.simulate import shares as sharing
from genlyd.cli.simulate import timetable
from genlyd.cli.simulate.truths import Truths


@dataclass(frozen=True, slots=True)
class History:
    truths: Truths
    periods: tuple[timetable.PeriodSpan, ...]
    people: tuple[peopling.Person, ...]
    stories: tuple[timetable.StoryPlan, ...]
    shares: sharing.Shares
    clicks: clicking.Clicks


def simulate(
    truths: Truths,
    *,
    people: int,
    months: int,
    seed: int,
    now: datetime,
    zone: str = "Europe/Copenhagen",
    domain: str = "nordvang.example",
    known: tuple[peopling.Known, ...] = (),
) -> History:
    """The same arguments make the same history. `now` is aware; nothing happens after it."""
    people_rng, story_rng, share_rng, click_rng = (
        np.random.default_rng(child) for child in np.random.SeedSequence(seed).spawn(4)
    )
    moment = now.timestamp()
    spans = timetable.periods(months, now.astimezone(ZoneInfo(zone)).date())
    start = float(timetable.midnights(spans[0].starts_on, 1, zone)[0])
    # Invitations went out three weeks before the first period began.
    everybody = peopling.people(
        truths,
        people,
        start=start - 21 * timetable.DAY,
        now=moment,
        domain=domain,
        rng=people_rng,
        known=known,
    )
    plans = timetable.stories(truths, spans, moment, zone, story_rng)
    shared = sharing.shares(truths, everybody, spans, plans, now=moment, zone=zone, rng=share_rng)
    return History(
        truths=truths,
        periods=spans,
        people=everybody,
        stories=plans,
        shares=shared,
        clicks=clicking.clicks(truths, shared, now=moment, rng=click_rng),
    )
