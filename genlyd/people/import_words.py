"""What the reader of a list has to say, in the reader's language: `domain.people_csv` gives codes."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genlyd.people.domain.people_csv import LONGEST, Fault, Unreadable
from genlyd.people.models import RoleKind

FIELD_NAMES = {
    "name": gettext_lazy("name"),
    "email": gettext_lazy("e-mail"),
    "title": gettext_lazy("job title"),
    "department": gettext_lazy("department"),
    "location": gettext_lazy("location"),
    "role": gettext_lazy("role"),
}


def unreadable(error: Unreadable) -> tuple[str, str]:
    """(what is wrong, what to do)."""
    if error.code == "too_large":
        return (_("The file is larger than %(size)s MB.") % {"size": error.detail}, _("Split it in two."))
    if error.code == "too_many_rows":
        return (_("The file has more than %(rows)s rows.") % {"rows": error.detail}, _("Split it in two."))
    if error.code == "empty":
        return (_("The file is empty."), _("Choose the file with your colleagues in it."))
    if error.code == "no_email_column":
        return (
            _("There is no e-mail column. Found: %(columns)s.") % {"columns": error.detail or "–"},
            _("The first line must name the columns: name, e-mail, title, department, location, role."),
        )
    return (
        _("This is not a CSV file."),
        _("In Excel, choose Save as and then CSV UTF-8 (separated by semicolons or commas)."),
    )


def fault(found: Fault) -> str:
    """Why a row cannot be imported."""
    reasons = {
        "no_email": _("There is no e-mail."),
        "bad_email": _("“%(detail)s” is not an e-mail address."),
        "no_name": _("There is no name, and nobody with this e-mail is here yet."),
        "too_long": _("The %(field)s is longer than %(longest)s characters."),
        "unknown_role": _(
            "There is no role “%(detail)s”. Use administrator, programme lead, editor or participant."
        ),
        "twice": _("The same e-mail is in line %(detail)s."),
        "left": _("%(detail)s has left. Bring them back on their page first."),
        "quotes": _("A quotation mark is opened here and never closed; the rest of the file cannot be read."),
    }
    return reasons[found.code] % {
        "detail": found.detail,
        "field": FIELD_NAMES.get(found.detail, found.detail),
        "longest": LONGEST.get(found.detail, ""),
    }


def change_value(field: str, value: str) -> str:
    return str(RoleKind(value).label) if field == "role" and value else value
