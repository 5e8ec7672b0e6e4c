"""Texts an organisation starts with and may rewrite."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from genlyd.people.models import Organisation


def first_consent_text(organisation: Organisation) -> str:
    """In the organisation's language."""
    with translation.override(organisation.language):
        return "\n\n".join(
            [
                _("Taking part is voluntary. You may stop at any time, without giving a reason, and nothing happens"
                  " to you if you do."),
                _("When you share a story, Genlyd keeps what you shared, where and when, and counts the clicks on"
                  " your link."),
                _("Only you can see your own figures. Others see figures for groups of at least five people."
                  " Stories you pass over are not recorded."),
                _("You write in your own words, on your own accounts, and nothing is posted in your name that you"
                  " have not approved."),
                _("If you stop, nothing new is collected. You can have what is kept about you deleted."),
            ]
        )  # fmt: skip
