"""Answers ready to be shown: sentences, counts, and the plot of their intervals."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from genlyd.evaluation.domain.rate_ratio import Arm, Ratio
from genlyd.evaluation.domain.stored import from_json
from genlyd.evaluation.models import Answer
from genlyd.evaluation.words import ASKED, Text, arm_name, certainty, finding, inside
from genlyd.measurement.domain.privacy import Group, showable
from genlyd.ui.charts import Chart, Interval, intervals
from genlyd.ui.charts.words import number


@dataclass(frozen=True)
class Line:
    """One kind of share compared with the control."""

    finding: str
    certainty: str
    #: True if the interval leaves out 1.
    clear: bool


@dataclass(frozen=True)
class Counted:
    #: Dashes where fewer than five people stand behind it, or where theirs could be worked out from it.
    label: str
    shares: str
    authors: str
    clicks: str
    per_share: str


@dataclass(frozen=True)
class Shown:
    answer: Answer
    question: Text
    of: Text
    lines: list[Line]
    counts: list[Counted]
    left_out: str
    chart: Chart | None
    #: Proposals for a decision's subject.
    subjects: list[str]


def shown(answer: Answer) -> Shown:
    comparisons = from_json(answer.result)
    key, asked = answer.question, ASKED[answer.question]
    arms: dict[str, Arm] = {}
    for row in comparisons:
        arms.setdefault(row.control, row.outcome.control)
        arms[row.arm] = row.outcome.treated
    visible = _visible(answer)
    known = [row for row in comparisons if isinstance(row.outcome, Ratio)]
    return Shown(
        answer=answer,
        question=asked.question,
        of=asked.of,
        lines=[
            Line(
                finding(key, row),
                certainty(row.outcome) if isinstance(row.outcome, Ratio) else "",
                isinstance(row.outcome, Ratio) and row.outcome.verdict != "unclear",
            )
            for row in comparisons
        ],
        counts=[
            _counted(arm_name(key, name), arm, visible=not arm.authors or name in visible)
            for name, arm in arms.items()
        ],
        left_out=_left_out(answer.inputs.get("left_out", {})),
        chart=_plot(answer) if known else None,
        subjects=[arm_name(key, row.arm) for row in comparisons],
    )


def _visible(answer: Answer) -> set[Hashable]:
    """Kinds of share that may be shown beside the period's totals, which everybody in the team sees."""
    arms: dict[str, list[list[int]]] = answer.inputs.get("arms", {})
    groups = [Group(name, len(rows), frozenset(row[0] for row in rows)) for name, rows in arms.items()]
    return showable(groups)


def _counted(label: str, arm: Arm, *, visible: bool) -> Counted:
    if not visible:
        return Counted(label, number(None), number(None), number(None), number(None))
    return Counted(
        label, number(arm.shares), number(arm.authors), number(arm.clicks), number(arm.per_share, digits=1)
    )


def _plot(answer: Answer) -> Chart:
    key, asked = answer.question, ASKED[answer.question]
    comparisons = from_json(answer.result)
    control = inside(key, arm_name(key, comparisons[0].control))
    rows = [
        Interval(arm_name(key, row.arm), row.outcome.ratio, row.outcome.low, row.outcome.high)
        if isinstance(row.outcome, Ratio)
        else Interval(arm_name(key, row.arm), None)
        for row in comparisons
    ]
    summary = _("Visits per share compared with %(control)s. The line at 1 means no difference.") % {
        "control": control
    }
    return intervals(
        str(asked.question), summary, rows, of=str(asked.of), less=_("fewer visits"), more=_("more visits")
    )


def _left_out(counts: dict[str, int]) -> str:
    words = []
    if young := counts.get("young", 0):
        words.append(
            ngettext("%(n)s share is less than a week old", "%(n)s shares are less than a week old", young)
            % {"n": young}
        )
    if bare := counts.get("without_link", 0):
        words.append(ngettext("%(n)s share has no link", "%(n)s shares have no link", bare) % {"n": bare})
    return _("Left out: %(words)s.") % {"words": ", ".join(words)} if words else ""
