"""What findings say to the writer, in the reader's language. The checks themselves only know keys."""

from __future__ import annotations

import dataclasses

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from genlyd.rules.domain.findings import Finding


def say(finding: Finding) -> Finding:
    """The finding with `message` and `mend` in the active language. The organisation's own mend goes first."""
    message, mend = _WORDS[finding.key](finding)
    return dataclasses.replace(finding, message=message, mend=finding.mend or mend)


def _phrase(finding: Finding) -> tuple[str, str]:
    return (
        _("“%(phrase)s” is on the list of words to think twice about.") % finding.args,
        _("Say it another way, or leave it out."),
    )


def _disclosure_missing(finding: Finding) -> tuple[str, str]:  # noqa: ARG001
    return (
        _("Readers cannot see yet that you work here."),
        _("Say it in your own way near the beginning, for instance like this:"),
    )


def _disclosure_late(finding: Finding) -> tuple[str, str]:  # noqa: ARG001
    return (
        _("That you work here comes late in the text; many never read that far."),
        _("Move it to the first sentence, for instance like this:"),
    )


def _own_words(finding: Finding) -> tuple[str, str]:
    return (
        _("Much of this is borrowed from the example: %(percent)s per cent is your own.") % finding.args,
        _("What did you see or do yourself? A sentence about that says more than ours."),
    )


def _too_often(finding: Finding) -> tuple[str, str]:
    count = int(str(finding.args["count"]))
    message = ngettext(
        "You already have %(count)s share this week.", "You already have %(count)s shares this week.", count
    ) % {"count": count}
    day = date_format(finding.args["next_free"], _("l j F"))  # type: ignore[arg-type]
    return message, _("Save it for later: there is room again from %(day)s.") % {"day": day}


def _quiet_hours(finding: Finding) -> tuple[str, str]:
    opens = finding.args["next_open"]
    message = _("This is outside the hours in which we expect anyone to share.")
    if opens is None:
        return message, _("You decide. Nobody expects you to.")
    when = date_format(opens, _("l j F, H:i"))  # type: ignore[arg-type]
    return message, _("It can wait until %(when)s, if you would rather.") % {"when": when}


def _near_copy(finding: Finding) -> tuple[str, str]:
    message = _(
        "A colleague has said nearly the same about this on %(network)s, and %(network)s lets nobody post what "
        "somebody else has posted."
    )
    if finding.args["common"]:
        mend = _("Both of you write “%(common)s”. What did you see, do or think yourself? Begin with that.")
    else:
        mend = _("What did you see, do or think yourself? Begin with that.")
    return message % finding.args, mend % finding.args


_WORDS = {
    "near_copy": _near_copy,
    "phrase": _phrase,
    "disclosure_missing": _disclosure_missing,
    "disclosure_late": _disclosure_late,
    "own_words": _own_words,
    "too_often": _too_often,
    "quiet_hours": _quiet_hours,
}
