"""`genlyd bluesky-key`: the key with which this installation proves to Bluesky's servers that it is itself."""

from __future__ import annotations

import argparse

HELP = "show, renew or withdraw the key that Bluesky knows this installation by"
NEEDS_DATABASE = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--new", action="store_true", help="make a new key; it is for new connections")
    parser.add_argument(
        "--forget-old",
        action="store_true",
        help="a key got out: make a new one, and end every connection of the old ones",
    )


def run(args: argparse.Namespace) -> int:
    from genlyd.networks.bluesky import keys  # Django is set up by now

    if args.new or args.forget_old:
        keys.rotate(forget_old=args.forget_old)
    found = keys.known()
    for kid, made, sessions in found:
        print(f"{kid}  made {made:%Y-%m-%d %H:%M} UTC  connections: {sessions}")
    if not found:
        print("No key yet. It is made when somebody connects, or when Bluesky asks who we are.")
    return 0
