from __future__ import annotations

import argparse
import re
import time

from genlyd.base.clock import now
from genlyd.cli.errors import CannotStart
from genlyd.cli.simulate import truths as stated
from genlyd.cli.simulate.history import simulate
from genlyd.cli.simulate.writer import write
from genlyd.cli.simulate.writer.clicks import judge_clicks
from genlyd.people.models import Organisation


def run(args: argparse.Namespace) -> int:
    if args.demo:
        from genlyd.cli.simulate.demo import seed_demo  # only the demo needs every area's actions

        return seed_demo()
    if args.people < 1 or args.months < 1:
        raise CannotStart("--people and --months must be at least 1.")
    real = Organisation.objects.filter(is_demo=False).first()
    if real and not args.yes:
        raise CannotStart(
            f"{real.name} lives here. Simulate into a database of its own, "
            "or say --yes to add made-up people beside it."
        )
    if Organisation.objects.filter(name=args.organisation_name).exists():
        raise CannotStart(f"{args.organisation_name} exists already. Choose another --organisation-name.")
    try:
        truths = stated.load(args.truths) if args.truths else stated.load()
    except stated.BadTruths as error:
        raise CannotStart(f"The truths cannot be used. {error}") from error
    domain = re.sub(r"[^a-z0-9]+", "-", args.organisation_name.lower()).strip("-") + ".example"
    began = time.monotonic()
    history = simulate(
        truths, people=args.people, months=args.months, seed=args.seed, now=now(), domain=domain
    )
    written = write(history, name=args.organisation_name, domain=domain, seed=args.seed, is_demo=True)
    judged = judge_clicks()
    print(
        f"{written.organisation.name}: {len(history.people):,} people, {len(history.shares):,} shares, "
        f"{len(history.clicks):,} clicks ({judged:,} judged), in {time.monotonic() - began:.1f} s."
    )
    return 0
