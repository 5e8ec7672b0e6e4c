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
from genlyd.links.queries import ways_to_call


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

    def wish(self) -> Wish:
        given = self.cleaned_data
        return Wish(
            target=given["target"], label=given["label"], slug=given["slug"], expires_at=_end_of(given["last_day"])
        )  # fmt: skip


class NewLinkForm(LinkForm):
    kind = forms.ChoiceField(label=_("Where it is used"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, kinds: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = ways_to_call(kinds)
        self.order_fields(["kind", "target", "label", "slug", "last_day"])


def known(link: Link) -> dict[str, Any]:
    """What the form shows of a link that is there."""
    last = link.expires_at - timedelta(minutes=1) if link.expires_at else None
    return {
        "target": link.target,
        "label": link.label,
        "slug": link.slug,
        "last_day": timezone.localtime(last).date() if last else None,
    }


def _end_of(day: Any) -> datetime | None:
    if day is None:
        return None
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
