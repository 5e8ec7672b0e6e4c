"""A colleague, written into a form."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from genlyd.people.models import Member, Organisation
from genlyd.programmes.queries import find_members

_ADDRESS = re.compile(r"[^\s<>()]+@[^\s<>()]+")


def label_of(member: Member) -> str:
    """How a colleague is written in the field; the address tells namesakes apart."""
    return f"{member.name} ({member.email})"


class ColleagueField(forms.CharField):
    """One colleague, written as a name or with the e-mail. A list of 100,000 names helps nobody; the suggestions
    that come while typing work where there is JavaScript. Cleans to a Member or None."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.organisation: Organisation | None = None

    def clean(self, value: Any) -> Member | None:
        text = str(super().clean(value) or "").strip()
        if not text or self.organisation is None:
            return None
        colleagues = Member.objects.current().filter(organisation=self.organisation)
        address = _ADDRESS.search(text)
        if address:
            found = list(colleagues.filter(email__iexact=address.group())[:2])
        else:
            found = list(find_members(self.organisation, search=text)[:20])
            exact = [member for member in found if member.name.casefold() == text.casefold()]
            found = exact or found
        if not found:
            raise forms.ValidationError(_("No colleague is called that. Try a part of the name."))
        if len(found) > 1:
            some = ", ".join(label_of(member) for member in found[:3])
            raise forms.ValidationError(
                _("Several colleagues are called that: %(some)s. Write the e-mail."), params={"some": some}
            )
        return found[0]
