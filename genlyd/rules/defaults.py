"""The rules an organisation begins with, worded in its own language. Each can be changed or switched off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from genlyd.people.models import Organisation
from genlyd.rules.models import RuleKind


@dataclass(frozen=True)
class Default:
    settings: dict[str, Any]
    reason: str
    good_example: str = ""
    bad_example: str = ""
    blocks: bool = False
    block_ground: str = ""


def rule_defaults(organisation: Organisation) -> dict[str, Default]:
    """One per kind of rule. Nothing blocks: that is for the organisation to decide."""
    with override(organisation.language):
        return {
            RuleKind.PHRASES: Default(
                settings={"phrases": [_phrase(*row) for row in _phrases()]},
                reason=_("Some words promise more than we can keep, or tell what is not ours to tell."),
                good_example=_("We expect the new turbine to be ready in spring."),
                bad_example=_("We guarantee the best jobs in Denmark!"),
            ),
            RuleKind.FREQUENCY: Default(
                settings={"per_week": 3},
                reason=_(
                    "Your network follows you, not us. Few and well-chosen posts are read; many are scrolled past."
                ),
            ),
            RuleKind.QUIET_HOURS: Default(
                settings={"spans": [{"weekday": day, "start": "21:00", "end": "07:00"} for day in range(7)]},
                reason=_("Evenings and nights are yours. Nobody should feel that they ought to share then."),
            ),
            RuleKind.DISCLOSURE: Default(
                settings={"names": [organisation.name], "words": [], "within": 100},
                reason=_(
                    "Readers have a right to know that you work here when you write about us, and the Danish "
                    "consumer ombudsman asks for it. It also makes you more credible."
                ),
                good_example=_(
                    "Here at %(name)s, where I work, we climbed the tallest mast of the year today."
                )
                % {"name": organisation.name},
                bad_example=_("Wow, what a great company! Look at this!"),
            ),
            RuleKind.OWN_WORDS: Default(
                settings={"run": 4, "least_own_share": 0.5, "least_own_run": 12},
                reason=_(
                    "People listen to people. What you say in your own words is believed; a copied text is not."
                ),
                good_example=_(
                    "I was on the mast myself on Tuesday. My hands were frozen, and the view was worth it."
                ),
                bad_example=_("We are proud to present our newest investment in the green transition."),
            ),
        }


def _phrases() -> list[tuple[str, str, str]]:
    return [
        (
            _("guarantee"),
            _("A guarantee is a promise that binds the organisation."),
            _("Say what you expect, or what you have seen yourself."),
        ),
        (
            _("confidential"),
            _("What is confidential should not be public."),
            _("Check with the person responsible for the story first."),
        ),
        (
            _("best in the world"),
            _("The marketing act asks for proof of such claims."),
            _("Tell what makes it good in your eyes."),
        ),
    ]


def _phrase(phrase: str, reason: str, mend: str) -> dict[str, Any]:
    return {"phrase": phrase, "reason": reason, "mend": mend, "inflected": True}


def guideline_default(organisation: Organisation) -> str:
    """A first guideline to edit, in Markdown."""
    with override(organisation.language):
        parts = [
            "## " + _("You decide"),
            _("Sharing is voluntary. You may say no without giving a reason, and nobody keeps count of it."),
            "## " + _("In your own words"),
            _(
                "Write as you speak. Our texts are examples; what you have seen and done yourself is what people read."
            ),
            "## " + _("Say that you work here"),
            _("When you write about us, say early on that you work here. A natural half sentence is enough."),
            "## " + _("What we do not share"),
            "- "
            + "\n- ".join(
                [
                    _("What is not public yet: figures, contracts, hirings."),
                    _("Customers, patients and colleagues, unless they have said yes."),
                    _("Other people's pictures and texts without their permission."),
                ]
            ),
            "## " + _("When it gets difficult"),
            _(
                "Be kind, admit mistakes, and leave quarrels be. If a comment is unpleasant, call your contact in the "
                "programme: you are not alone with it, and we stand behind you."
            ),
        ]
    return "\n\n".join(str(part) for part in parts)
