"""The demonstration: Nordvang Energi, 400 people, six months, in the middle of their second period."""

from __future__ import annotations

import time

from genlyd.base.clock import now
from genlyd.cli.simulate import truths
from genlyd.cli.simulate.demo.cast import CAST, DOMAIN, NAME
from genlyd.cli.simulate.history import simulate
from genlyd.cli.simulate.writer import write
from genlyd.cli.simulate.writer.clicks import judge_clicks
from genlyd.people.models import Organisation

SEED = 7


def seed_demo() -> int:
    """Once: whoever comes back to a demo finds what they left."""
    if Organisation.objects.filter(is_demo=True).exists():
        return 0
    began = time.monotonic()
    history = simulate(truths.load(), people=400, months=6, seed=SEED, now=now(), domain=DOMAIN, known=CAST)
    write(history, name=NAME, domain=DOMAIN, seed=SEED, lead=1, editor=2, is_demo=True)
    judge_clicks()
    print(f"{NAME} is ready, after {time.monotonic() - began:.1f} s.")
    return 0
