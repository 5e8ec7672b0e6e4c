"""The four duties of a period, in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from genlyd.programmes.models import Duty


@dataclass(frozen=True)
class DutyWords:
    key: str
    icon: str
    label: str | Promise
    meaning: str | Promise


DUTIES: dict[str, DutyWords] = {
    Duty.SPONSOR: DutyWords(
        Duty.SPONSOR,
        "flag",
        Duty.SPONSOR.label,
        _("Stands behind it in the management, and takes part visibly."),
    ),
    Duty.CONTENT: DutyWords(
        Duty.CONTENT, "book-open", Duty.CONTENT.label, _("Sees to it that there is something worth telling.")
    ),
    Duty.RULES: DutyWords(
        Duty.RULES,
        "scroll-text",
        Duty.RULES.label,
        _("Keeps the guidelines clear and answers questions about them."),
    ),
    Duty.KPIS: DutyWords(
        Duty.KPIS, "chart-line", Duty.KPIS.label, _("Watches the few numbers and shares them with the team.")
    ),
}
