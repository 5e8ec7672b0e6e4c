"""Clicks that wait on this machine's own disk."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from genlyd.cli.doctor.finding import Finding, bad, note, well
from genlyd.links.redirect.left import REJECTED
from genlyd.links.redirect.spool import waiting


def spool() -> Iterator[Finding]:
    folder = settings.HOME / "spool"
    try:
        clicks, rejected = waiting(folder)
    except OSError as error:
        yield bad(
            "Clicks",
            f"{folder} cannot be read: {error.strerror}",
            "Let the user that Genlyd runs as read it.",
        )
        return
    if rejected:
        yield bad(
            "Clicks", f"the database refused {rejected}; they are in {folder / REJECTED} and counted nowhere",
            "The log of `genlyd redirect` says why. docs/operate/links.md says how to bring them in.",
        )  # fmt: skip
    if clicks:
        yield note(
            "Clicks", f"{clicks} wait in {folder} until the database takes them",
            "They come home by themselves while `genlyd redirect` runs here and reaches its database. Keep this folder "
            "until it is empty.",
        )  # fmt: skip
    if not clicks and not rejected:
        yield well("Clicks", "none wait on this disk")
