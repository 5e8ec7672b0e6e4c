"""Three questions that help a person find their own way in; proposed by the programme's goal, always editable."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext_lazy as _

_PROPOSED = {
    "": (_("What did you do in this?"), _("What surprised you?"), _("Who would benefit from hearing it?")),
    "recruitment": (
        _("What would you tell a friend who thinks of applying?"),
        _("What surprised you when you were new here?"),
        _("When were you last glad to work here?"),
    ),
    "leads": (
        _("Which problem does a customer get rid of?"),
        _("What did you learn from a customer lately?"),
        _("Who do you know who struggles with this?"),
    ),
    "branding": (
        _("What did you do in this?"),
        _("Why does it matter to you?"),
        _("What do people often get wrong about it?"),
    ),
}  # fmt: skip


def proposed_angles(goal_kind: str, language: str) -> list[str]:
    """In the language of the story, whoever writes it."""
    with translation.override(language):
        return [str(question) for question in _PROPOSED.get(goal_kind, _PROPOSED[""])]
