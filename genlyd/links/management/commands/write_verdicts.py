"""Renews docs/reference/verdicts.md from the rules and the data they are measured on."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from genlyd.links.report import PAGE, page


class Command(BaseCommand):
    help = "Renew docs/reference/verdicts.md from the rules that judge clicks. Run it in the project's root."
    requires_system_checks: list[str] = []

    def handle(self, *_: Any, **__: Any) -> None:
        PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
