"""What the five questions say: where each stands, what is missing next, and where to mend it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from genlyd.programmes.domain.checklist import Missing


@dataclass(frozen=True)
class Words:
    text: str | Promise
    action: str | Promise
    url_name: str
    #: What the address takes: the period, or nothing.
    of_period: bool = True


TITLES = {
    1: _("Who takes part?"),
    2: _("What to share?"),
    3: _("Which rules?"),
    4: _("What to measure?"),
    5: _("How to go on?"),
}
MISSING: dict[str, Words] = {
    "no_goal": Words(_("The period has no goal yet."), _("Write it in a sentence"), "programmes:edit_period"),
    "no_seats": Words(_("Nobody is in the team yet."), _("Ask the first colleagues"), "programmes:team"),
    "already_over": Words(_("Its last day has passed."), _("Give it new dates"), "programmes:edit_period"),
    "no_sponsor": Words(_("No sponsor yet."), _("Name one"), "programmes:owners"),
    "no_content_owner": Words(_("Nobody sees to the content yet."), _("Name somebody"), "programmes:owners"),
    "no_focus_area": Words(
        _("No focus area yet."), _("Choose what you tell about"), "programmes:edit_period"
    ),
    "no_plan_lines": Words(_("The plan is empty."), _("Write the first line"), "plan:new"),
    "no_stories": Words(
        _("No story is on offer yet."), _("Write the first one"), "content:write", of_period=False
    ),
    "late_lines": Words(
        ngettext_lazy(
            "%(count)s plan line has passed its deadline.",
            "%(count)s plan lines have passed their deadline.",
            "count",
        ),
        _("Have a look"),
        "plan:list",
    ),
    "lines_without_responsible": Words(
        ngettext_lazy(
            "%(count)s plan line has nobody responsible.",
            "%(count)s plan lines have nobody responsible.",
            "count",
        ),
        _("Find somebody"),
        "plan:list",
    ),
    "feed_items_to_review": Words(
        ngettext_lazy(
            "%(count)s piece of news waits to be read.", "%(count)s pieces of news wait to be read.", "count"
        ),
        _("Read the news"),
        "content:review",
        of_period=False,
    ),
    "no_guideline": Words(
        _("The guidelines are not published yet."), _("Read and publish them"), "rules:list", of_period=False
    ),
    "no_rule_owner": Words(_("Nobody sees to the rules yet."), _("Name somebody"), "programmes:owners"),
    "no_rules_in_force": Words(_("No rule is in force."), _("See the rules"), "rules:list", of_period=False),
    "no_kpis": Words(_("No KPI has been chosen yet."), _("Choose a few"), "measurement:kpis"),
    "no_kpi_owner": Words(_("No KPI owner yet."), _("Name one"), "programmes:owners"),
    "kpis_without_owner": Words(
        ngettext_lazy("%(count)s KPI has no owner.", "%(count)s KPIs have no owner.", "count"),
        _("Name one"),
        "measurement:kpis",
    ),
    "review_not_begun": Words(
        _("The period is over: what did you learn?"), _("Begin the review"), "evaluation:review"
    ),
    "no_decisions": Words(
        _("The review has no decisions yet."), _("Decide what to keep and what to stop"), "evaluation:review"
    ),
    "review_not_finished": Words(
        _("The review is not finished yet."), _("Finish the review"), "evaluation:review"
    ),
    "no_next_period": Words(_("The next period is not made yet."), _("Make it"), "evaluation:review"),
}


@dataclass(frozen=True)
class Next:
    text: str
    action: str
    href: str


def say(item: Missing, period_pk: int) -> Next:
    """The missing thing in the active language. `href` is empty while its page does not exist."""
    words = MISSING[item.key]
    text = words.text % dict(item.args) if item.args else str(words.text)
    href = address(words.url_name, *([period_pk] if words.of_period else []))
    return Next(text, str(words.action) if href else "", href)


def address(name: str, *args: object) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
