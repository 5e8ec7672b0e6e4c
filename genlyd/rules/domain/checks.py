"""All checks of a text, in the order a writer reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from genlyd.rules.domain import disclosure, frequency, own_words, phrases, quiet_hours
from genlyd.rules.domain.findings import Finding
from genlyd.rules.domain.settings import (
    Disclosure,
    Frequency,
    OwnWords,
    Phrases,
    QuietHours,
    Settings,
)


@dataclass(frozen=True)
class RuleInForce:
    kind: str
    settings: Settings
    #: Why the rule exists, in the organisation's words.
    reason: str = ""
    blocks: bool = False


@dataclass(frozen=True, kw_only=True)
class Context:
    """What the checks know besides the text. Times are aware."""

    rules: tuple[RuleInForce, ...]
    when: datetime
    zone: ZoneInfo
    #: The language of the text, for suggestions.
    language: str
    #: Texts that came with the story: what own words are measured against.
    suggested: tuple[str, ...] = ()
    #: The person's other shares, done and planned.
    history: tuple[datetime, ...] = field(default=())

    @property
    def known(self) -> Disclosure:
        """How the organisation is called; own words set a disclosure aside even when its rule is off."""
        return next(
            (rule.settings for rule in self.rules if isinstance(rule.settings, Disclosure)), Disclosure()
        )


def check(text: str, context: Context) -> list[Finding]:
    """Findings for the text as it stands. An empty text has nothing to mend but its time."""
    return [finding for rule in context.rules for finding in _CHECKS[rule.kind](text, rule, context)]


def _finding(rule: RuleInForce, key: str, **fields: object) -> Finding:
    reason = str(fields.pop("reason", "") or rule.reason)
    severity = "block" if rule.blocks else "warn"
    return Finding(kind=rule.kind, severity=severity, key=key, reason=reason, **fields)  # type: ignore[arg-type]


def _phrases(text: str, rule: RuleInForce, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    assert isinstance(rule.settings, Phrases)
    for phrase, span in phrases.find(text, rule.settings.phrases):
        said = phrases.nfc(text)[span[0] : span[1]]
        yield _finding(
            rule, "phrase", args={"phrase": said}, reason=phrase.reason, mend=phrase.mend, span=span
        )


def _frequency(text: str, rule: RuleInForce, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    assert isinstance(rule.settings, Frequency)
    verdict = frequency.judge(
        context.history, context.when, per_week=rule.settings.per_week, zone=context.zone
    )
    if verdict.too_often:
        yield _finding(
            rule,
            "too_often",
            args={"count": verdict.count, "per_week": verdict.per_week, "next_free": verdict.next_free},
        )


def _quiet_hours(text: str, rule: RuleInForce, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    assert isinstance(rule.settings, QuietHours)
    spans = rule.settings.spans
    if quiet_hours.is_quiet(context.when, spans, context.zone):
        opens = quiet_hours.next_open(context.when, spans, context.zone)
        local = opens.astimezone(context.zone) if opens else None
        yield _finding(rule, "quiet_hours", args={"next_open": local})


def _disclosure(text: str, rule: RuleInForce, context: Context) -> Iterator[Finding]:
    assert isinstance(rule.settings, Disclosure)
    if not text.strip():
        return
    verdict = disclosure.judge(text, rule.settings)
    if not verdict.early:
        key = "disclosure_late" if verdict.present else "disclosure_missing"
        ready = disclosure.suggestions(rule.settings.names, context.language)
        yield _finding(rule, key, span=verdict.span, suggestions=ready)


def _own_words(text: str, rule: RuleInForce, context: Context) -> Iterator[Finding]:
    assert isinstance(rule.settings, OwnWords)
    found = own_words.measure(text, context.suggested, settings=rule.settings, known=context.known)
    if found.tokens and not found.own_words:
        yield _finding(rule, "own_words", args={"percent": round(found.own_share * 100)})


_CHECKS: dict[str, Callable[[str, RuleInForce, Context], Iterator[Finding]]] = {
    "phrases": _phrases,
    "disclosure": _disclosure,
    "own_words": _own_words,
    "frequency": _frequency,
    "quiet_hours": _quiet_hours,
}
