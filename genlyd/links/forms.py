from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from genlyd.links.actions.outside import Wish
from genlyd.links.domain.slugs import LONGEST
from genlyd.links.models import Link
from genlyd.links.purposes import Purpose
from genlyd.links.queries import ways_to_call

HOUSE_HELP = _("Its visits in that period then stand on the period's board, beside those of posts.")
OWN_HELP = _(
    "Its visits in that period are then part of a sum on the period's board, shown once five people have such links."
)


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class LinkForm(forms.Form):
    """A link outside shares, new or changed."""

    target = forms.URLField(
        label=_("Where it leads"), max_length=2000, assume_scheme="https",
        help_text=_("You can change this later: what is printed leads to the new address at once."),
    )  # fmt: skip
    label = forms.CharField(
        label=_("What you call it"), max_length=120, required=False,
        help_text=_("For your own lists, e.g. Poster at the fair. Visitors do not see it."),
    )  # fmt: skip
    slug = forms.CharField(
        label=_("Its own ending"), required=False, max_length=LONGEST * 2,
        help_text=_("Short and easy to say, e.g. open-house. Empty: we find one."),
    )  # fmt: skip
    last_day = forms.DateField(
        label=_("Last day"), required=False, widget=DayInput(), help_text=_("Empty: it works until you close it.")
    )  # fmt: skip

    made_for = forms.TypedChoiceField(label=_("For the period"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, purposes: Sequence[Purpose], own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["made_for"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", _("None")), *((purpose.pk, purpose.name) for purpose in purposes)]
        field.help_text = OWN_HELP if own else HOUSE_HELP
        # A period that was closed meanwhile is refused, not forgotten.
        if not purposes and not self.data.get("made_for"):
            del self.fields["made_for"]

    def wish(self) -> Wish:
        given = self.cleaned_data
        return Wish(
            target=given["target"], label=given["label"], slug=given["slug"],
            expires_at=_end_of(given["last_day"]), made_for=given.get("made_for"),
        )  # fmt: skip


class NewLinkForm(LinkForm):
    kind = forms.ChoiceField(label=_("Where it is used"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, kinds: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = ways_to_call(kinds)
        self.order_fields(["kind", "target", "label", "made_for", "slug", "last_day"])


def known(link: Link) -> dict[str, Any]:
    """What the form shows of a link that is there."""
    last = link.expires_at - timedelta(minutes=1) if link.expires_at else None
    return {
        "target": link.target,
        "label": link.label,
        "slug": link.slug,
        "made_for": link.made_for,
        "last_day": timezone.localtime(last).date() if last else None,
    }


def _end_of(day: Any) -> datetime | None:
    if day is None:
        return None
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
