"""`genlyd`: one module of this folder per verb.

A verb's module has `HELP` (one line), `add_arguments(parser)` and `run(args) -> int` (the exit code). A verb that
reads or writes data says `NEEDS_DATABASE = True`: then Django is set up, and the database runs, before `run`.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from types import ModuleType

from genlyd import __version__
from genlyd.base.env import BadSetting
from genlyd.base.home import genlyd_home
from genlyd.cli import lifeline
from genlyd.cli.errors import CannotStart

VERBS = (
    "up",
    "demo",
    "web",
    "redirect",
    "worker",
    "migrate",
    "distribute",
    "doctor",
    "reseal",
    "simulate",
    "bluesky-key",
    "verdicts",
    "clicks",
)


def _verbs() -> dict[str, ModuleType]:
    """Imported to read their flags, so a verb's module imports heavy things inside `run`."""
    modules = {verb: importlib.import_module(f"genlyd.cli.{verb.replace('-', '_')}") for verb in VERBS}
    return {verb: module for verb, module in modules.items() if hasattr(module, "run")}


def parser(verbs: dict[str, ModuleType]) -> argparse.ArgumentParser:
    result = argparse.ArgumentParser(prog="genlyd", description="Employee advocacy in people's own words.")
    result.add_argument("--version", action="version", version=f"Genlyd {__version__}")
    below = result.add_subparsers(dest="verb", required=True, metavar="command")
    for verb, module in verbs.items():
        module.add_arguments(below.add_parser(verb, help=module.HELP, description=module.HELP))
    return result


def _run(module: ModuleType, args: argparse.Namespace) -> int:
    from genlyd.cli.account import settle

    getattr(module, "before", lambda _args: None)(args)
    settle(genlyd_home())
    if lifeline.PARENT in os.environ:
        lifeline.die_with_parent()
    if not getattr(module, "NEEDS_DATABASE", False):
        return int(module.run(args))
    from genlyd.cli.embedded import running

    with running():
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "genlyd.config.settings")
        import django

        django.setup()
        return int(module.run(args))


def main(argv: list[str] | None = None) -> int:
    try:
        verbs = _verbs()
        args = parser(verbs).parse_args(argv)
        return _run(verbs[args.verb], args)
    except (CannotStart, BadSetting) as error:
        print(f"genlyd: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    raise SystemExit(main())
