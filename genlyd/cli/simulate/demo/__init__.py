"""The demonstration: Nordvang Energi, 400 people, six months, in the middle of their second period."""

from __future__ import annotations

import time

from django.conf import settings
from django.db import transaction

from genlyd.base.clock import now
from genlyd.cli.simulate import truths
from genlyd.cli.simulate.demo.cast import CAST, DOMAIN, JAKOB, MARIANNE, NAME
from genlyd.cli.simulate.demo.feed import follow_feed
from genlyd.cli.simulate.demo.figures import measure
from genlyd.cli.simulate.demo.house import furnish
from genlyd.cli.simulate.demo.plan import lay_plan
from genlyd.cli.simulate.demo.review import look_back
from genlyd.cli.simulate.demo.sharing import leave_open
from genlyd.cli.simulate.history import simulate
from genlyd.cli.simulate.writer import write
from genlyd.cli.simulate.writer.clicks import judge_clicks
from genlyd.home.demo_news import news_url
from genlyd.people.models import Organisation

SEED = 7


def seed_demo() -> int:
    """Once: whoever comes back to a demo finds what they left. All of it, or nothing."""
    if Organisation.objects.filter(is_demo=True).exists():
        return 0
    began, moment = time.monotonic(), now()
    history = simulate(truths.load(), people=400, months=6, seed=SEED, now=moment, domain=DOMAIN, known=CAST)
    with transaction.atomic():
        written = write(
            history,
            name=NAME,
            domain=DOMAIN,
            seed=SEED,
            lead=MARIANNE,
            editor=JAKOB,
            is_demo=True,
            target=lambda number: news_url(settings.URL, str(number + 1)),
        )
        judge_clicks()
        furnish(written)
        lay_plan(written)
        measure(written, moment)
        look_back(written)
        follow_feed(written, moment)
        leave_open(written, moment)
    print(f"{NAME} is ready, after {time.monotonic() - began:.1f} s.")
    return 0
