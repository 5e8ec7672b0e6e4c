"""The five kinds of rules, in words for the one who sets them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from genlyd.rules.models import RuleKind


@dataclass(frozen=True)
class Kind:
    key: str
    icon: str
    label: str | Promise
    meaning: str | Promise


KINDS: dict[str, Kind] = {
    RuleKind.PHRASES: Kind(
        RuleKind.PHRASES, "message-square-quote", RuleKind.PHRASES.label,
        _("Promises you cannot keep, secrets, and words you would rather not see."),
    ),
    RuleKind.DISCLOSURE: Kind(
        RuleKind.DISCLOSURE, "building-2", RuleKind.DISCLOSURE.label,
        _("The post itself says early on that the writer works with you."),
    ),
    RuleKind.OWN_WORDS: Kind(
        RuleKind.OWN_WORDS, "pen-line", RuleKind.OWN_WORDS.label,
        _("Example texts are a start, not a post."),
    ),
    RuleKind.FREQUENCY: Kind(
        RuleKind.FREQUENCY, "hourglass", RuleKind.FREQUENCY.label, _("How many posts a week are plenty.")
    ),
    RuleKind.QUIET_HOURS: Kind(
        RuleKind.QUIET_HOURS, "moon", RuleKind.QUIET_HOURS.label, _("When nobody is expected to share.")
    ),
}  # fmt: skip
