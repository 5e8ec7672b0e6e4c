"""`genlyd clicks rejudge`: tell people from programs again, in clicks that were counted, after the rules improved."""

from __future__ import annotations

import argparse
from collections import Counter
from datetime import date

HELP = "judge clicks that were counted again, by the rules of this version"
NEEDS_DATABASE = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("deed", choices=["rejudge"])
    parser.add_argument(
        "--since", type=date.fromisoformat, metavar="DATE", help="from this day (UTC) on, as 2026-11-23"
    )
    parser.add_argument("--organisation", type=int, metavar="ID", help="only this organisation's")
    parser.add_argument("--dry-run", action="store_true", help="only say what would change")


def run(args: argparse.Namespace) -> int:
    from genlyd.links.ingest import rejudge

    organisations = [args.organisation] if args.organisation else rejudge.organisations()
    clicks, changed = 0, Counter[tuple[str, str]]()
    for organisation_id in organisations:
        for day in rejudge.days(organisation_id, args.since):
            found = rejudge.rejudge_day(organisation_id, day, dry_run=args.dry_run)
            clicks += found.clicks
            changed += found.changed
    print(f"{clicks:,} clicks looked at again, {changed.total():,} are seen differently.")
    for (before, now), count in changed.most_common():
        what = f"{before} -> {now}" if before != now else f"{before}, but first or repeat"
        print(f"{count:>12,}  {what}")
    if args.dry_run:
        print("Nothing was changed.")
    return 0
