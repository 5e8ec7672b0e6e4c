"""Reads of the rules: for the composer, the rules pages and the checklist."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef

from genlyd.people.models import Member, Organisation
from genlyd.rules.actions.seed import seed_rules
from genlyd.rules.domain import disclosure, own_words
from genlyd.rules.domain.checks import Context, RuleInForce, check
from genlyd.rules.domain.findings import Finding
from genlyd.rules.domain.likeness import likest
from genlyd.rules.domain.settings import Disclosure, OwnWords, read
from genlyd.rules.models import Acknowledgement, Guideline, Rule, RuleKind
from genlyd.rules.words import say

#: The order in which a writer reads findings, whatever the order in the database.
ORDER = [RuleKind.PHRASES, RuleKind.DISCLOSURE, RuleKind.OWN_WORDS, RuleKind.FREQUENCY, RuleKind.QUIET_HOURS]


@dataclass(frozen=True)
class TextMeasure:
    """What a share remembers about its text (metrics.md, section 4)."""

    own_share: float
    own_words: bool
    disclosed: bool


def rules_of(organisation: Organisation) -> list[Rule]:
    """All five rules in reading order; an organisation without any gets the defaults now."""
    rules = list(Rule.objects.filter(organisation=organisation).select_related("owner"))
    if len(rules) < len(ORDER):
        seed_rules(organisation)
        rules = list(Rule.objects.filter(organisation=organisation).select_related("owner"))
    return sorted(rules, key=lambda rule: ORDER.index(RuleKind(rule.kind)))


def in_force(rules: Iterable[Rule]) -> tuple[RuleInForce, ...]:
    return tuple(
        RuleInForce(rule.kind, read(rule.kind, rule.settings), rule.reason, rule.blocks)
        for rule in rules
        if rule.active
    )


def check_text(
    member: Member,
    *,
    text: str,
    story_texts: Iterable[str],
    network: str,
    when: datetime,
    language: str,
    shares: Iterable[datetime] = (),
    others: Iterable[str] = (),
    most_alike: float | None = None,
) -> list[Finding]:
    """What the organisation's rules say about a text that `member` is writing, for the composer.

    check_text(member, *, text: str, story_texts: Iterable[str], network: str, when: datetime, language: str,
               shares: Iterable[datetime] = (), others: Iterable[str] = (), most_alike: float | None = None)
               -> list[Finding]

    - `story_texts`: the story's example texts (what own words are measured against).
    - `when`: aware; when the post would go out. `language`: of the text ("da", "en"), for suggestions.
    - `shares`: when the member's other shares went or will go out, confirmed and planned, aware; the fortnight
      around `when` is enough. This area is below sharing and cannot look them up itself.
    - `others`, `most_alike`: what colleagues have written about the same story on a network that forbids near
      copies, and from which likeness on (0 to 1) the text is one. `network`: that network's name.

    Each Finding has `kind`, `severity` ("warn" or "block"; `.blocks`), `message`, `mend`, `reason`, `suggestions`
    (ready wordings in the language of the text) and `span` ([start, end) in the NFC-normalised text, or None).
    Words are in the active language; an empty list means all is well. One query.
    """
    zone, rules = ZoneInfo(member.organisation.time_zone), rules_of(member.organisation)
    context = Context(
        rules=in_force(rules),
        when=when,
        zone=zone,
        language=language,
        suggested=tuple(story_texts),
        history=tuple(shares),
    )
    found = check(text, context)
    if most_alike is not None:
        found += _near_copy(text, others, most_alike, network=network, rules=rules)
    return [say(finding) for finding in found]


def _near_copy(
    text: str, others: Iterable[str], most: float, *, network: str, rules: Iterable[Rule]
) -> list[Finding]:
    known = next(read(rule.kind, rule.settings) for rule in rules if rule.kind == RuleKind.DISCLOSURE)
    assert isinstance(known, Disclosure)
    found = likest(text, others, known)
    if found.share < most:
        return []
    args = {"network": network, "common": found.common}
    return [Finding(kind="near_copy", severity="block", key="near_copy", args=args)]


def measure_text(organisation: Organisation, *, text: str, story_texts: Iterable[str]) -> TextMeasure:
    """What to store with a share. Measured also when the rule itself is switched off. One query."""
    stored = {rule.kind: read(rule.kind, rule.settings) for rule in rules_of(organisation)}
    known, limits = stored[RuleKind.DISCLOSURE], stored[RuleKind.OWN_WORDS]
    assert isinstance(known, Disclosure)
    assert isinstance(limits, OwnWords)
    found = own_words.measure(text, story_texts, settings=limits, known=known)
    return TextMeasure(found.own_share, found.own_words, disclosure.judge(text, known).present)


@dataclass(frozen=True)
class Acknowledged:
    """How many current members have acknowledged a version. Counts only: nobody is listed."""

    count: int
    members: int

    @property
    def percent(self) -> int:
        return round(100 * self.count / self.members) if self.members else 0


def guideline_in_force(organisation: Organisation) -> Guideline | None:
    """The newest published version."""
    return (
        Guideline.objects.filter(organisation=organisation, published_at__isnull=False)
        .order_by("-version")
        .first()
    )


def guideline_draft(organisation: Organisation) -> Guideline | None:
    return Guideline.objects.filter(organisation=organisation, published_at=None).first()


def guideline_to_acknowledge(member: Member) -> Guideline | None:
    """The version in force, while the member has not acknowledged it. One query."""
    mine = Acknowledgement.objects.filter(guideline=OuterRef("pk"), member=member)
    newest = (
        Guideline.objects.filter(organisation=member.organisation_id, published_at__isnull=False)
        .annotate(is_acknowledged=Exists(mine))
        .order_by("-version")
        .first()
    )
    return newest if newest and not newest.is_acknowledged else None


def acknowledged(guideline: Guideline) -> Acknowledged:
    """Among those who have joined and not left. Two queries."""
    joined = Member.objects.current().filter(organisation=guideline.organisation_id, joined_at__isnull=False)
    count = Acknowledgement.objects.filter(guideline=guideline, member__in=joined).count()
    return Acknowledged(count, joined.count())
