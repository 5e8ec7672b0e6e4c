"""Answers in plain words: what was found, how sure it is, what is missing."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from genlyd.evaluation.domain.questions import Comparison
from genlyd.evaluation.domain.rate_ratio import LEAST_AUTHORS, LEAST_SHARES, Ratio, Thin
from genlyd.networks import registry
from genlyd.ui.charts.words import number

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Asked:
    question: Text
    #: What heads a table of its arms.
    of: Text


ASKED: dict[str, Asked] = {
    "network": Asked(gettext_lazy("Which network brings more visits per share?"), gettext_lazy("Network")),
    "person": Asked(gettext_lazy("Do posts with a picture of a person do better?"), gettext_lazy("Picture")),
}
_ARMS: dict[str, Text] = {
    "person": gettext_lazy("Posts with a picture of a person"),
    "other": gettext_lazy("All other posts"),
}
VERBS: dict[str, Text] = {
    "keep": gettext_lazy("Go on as before: it works."),
    "stop": gettext_lazy("Do it no more."),
    "change": gettext_lazy("Do it differently next time."),
    "test": gettext_lazy("We do not know yet: try it once more."),
}
#: A decision as a plan line of the next period.
CARRIED: dict[str, Text] = {
    "keep": gettext_lazy("Keep: %(subject)s"),
    "stop": gettext_lazy("Stop: %(subject)s"),
    "change": gettext_lazy("Change: %(subject)s"),
    "test": gettext_lazy("Test again: %(subject)s"),
}


def arm_name(question: str, arm: str) -> str:
    if question == "network":
        network = registry.get(arm)
        return str(network.name) if network else arm
    return str(_ARMS.get(arm, arm))


def inside(question: str, name: str) -> str:
    """The name within a sentence: networks keep their capital."""
    return name if question == "network" else name[:1].lower() + name[1:]


def finding(question: str, comparison: Comparison) -> str:
    """The answer in a sentence. A winner is named only if the interval leaves out 1."""
    outcome = comparison.outcome
    if isinstance(outcome, Thin):
        return missing(question, comparison.arm, comparison.control, outcome)
    names = {
        "arm": arm_name(question, comparison.arm),
        "control": inside(question, arm_name(question, comparison.control)),
    }
    if outcome.verdict == "unclear":
        names["arm"] = inside(question, names["arm"])
        return _("No difference seen yet between %(arm)s and %(control)s.") % names
    ratio = outcome.ratio if outcome.verdict == "better" else 1 / outcome.ratio
    values = {**names, "ratio": number(ratio, digits=1)}
    if outcome.verdict == "better":
        return _("%(arm)s: about %(ratio)s times as many visits per share as %(control)s.") % values
    turned = {
        "arm": arm_name(question, comparison.control),
        "control": inside(question, arm_name(question, comparison.arm)),
    }
    return _("%(arm)s: about %(ratio)s times as many visits per share as %(control)s.") % {**values, **turned}


def certainty(outcome: Ratio) -> str:
    """How sure, and what was compared with what: the interval of the ratio as `finding` words it."""
    low, high = outcome.low, outcome.high
    if outcome.verdict == "worse":  # the finding is turned round, so its interval is too
        low, high = 1 / high, 1 / low
    values = {"low": number(low, digits=2), "high": number(high, digits=2), "authors": outcome.authors}
    if outcome.within:
        return (
            _("Each person’s posts were compared with their own others (%(authors)s people). With 90 %% confidence the "
              "ratio is between %(low)s and %(high)s.") % values
        )  # fmt: skip
    return (
        _("Too few have shared both, so different people were compared (%(authors)s): some of the difference may be "
          "theirs. With 90 %% confidence the ratio is between %(low)s and %(high)s.") % values
    )  # fmt: skip


def missing(question: str, arm: str, control: str, thin: Thin) -> str:
    """A refusal that says what it would take."""
    needs = []
    for name, shares, authors in zip((arm, control), thin.shares_missing, thin.authors_missing, strict=True):
        wants = []
        if shares:
            wants.append(ngettext("%(n)s more share", "%(n)s more shares", shares) % {"n": shares})
        if authors:
            wants.append(ngettext("%(n)s more person", "%(n)s more people", authors) % {"n": authors})
        if wants:
            needs.append(
                _("%(arm)s: %(wants)s") % {"arm": arm_name(question, name), "wants": _(" and ").join(wants)}
            )
    if not needs:
        return _("Too little to say: nobody has visited any of them yet.")
    return _("Too little to say anything. Missing: %(needs)s.") % {"needs": "; ".join(needs)}


def least() -> str:
    return _("An answer takes at least %(shares)s shares by %(people)s people of each kind.") % {
        "shares": LEAST_SHARES,
        "people": LEAST_AUTHORS,
    }
