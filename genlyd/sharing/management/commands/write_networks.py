"""Renews docs/reference/networks.md from the networks' declarations."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from genlyd.networks.reference import PAGE, page
from genlyd.sharing.words import PROBLEMS


class Command(BaseCommand):
    help = "Renew docs/reference/networks.md from the networks' declarations. Run it in the project's root."
    requires_system_checks: list[str] = []

    def handle(self, *_: Any, **__: Any) -> None:
        said = {key: str(words) for key, words in PROBLEMS.items()}
        PAGE.write_text(page(PAGE.read_text(encoding="utf-8"), said), encoding="utf-8")
