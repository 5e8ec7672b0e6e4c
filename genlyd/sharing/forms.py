from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from genlyd.content.models import Media, Story
from genlyd.networks.contract import Network
from genlyd.networks.domain.figures import MOST
from genlyd.sharing.figures import NAMES, TYPED_IN
from genlyd.ui.forms import MomentField

#: Longer than any network takes; only so that nobody fills the database.
LONGEST = 100_000


def furthest() -> datetime:
    """Nobody plans a post further ahead; near the end of the calendar there is nothing to count with."""
    return timezone.now() + timedelta(days=366)


class ComposeForm(forms.Form):
    network = forms.ChoiceField(label=_("Where"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Your words"), required=False, max_length=LONGEST, strip=False, widget=forms.Textarea
    )
    picture = forms.ChoiceField(label=_("Picture"), widget=forms.RadioSelect, required=False)
    upload = forms.FileField(label=_("A picture of your own"), required=False, widget=forms.FileInput)
    alt = forms.CharField(
        label=_("What does it show?"), required=False, max_length=1000,
        help_text=_("A sentence for those who cannot see the picture."),
    )  # fmt: skip
    shows_person = forms.BooleanField(label=_("One can recognise a person in it"), required=False)
    when = forms.ChoiceField(
        label=_("When"), widget=forms.RadioSelect, required=False,
        choices=[("now", _("Now")), ("later", _("At a time I choose"))],
    )  # fmt: skip
    planned_at = MomentField(
        label=_("Day and time"),
        required=False,
        validators=[MaxValueValidator(furthest)],
    )

    def __init__(
        self, *args: Any, story: Story, networks: list[Network], own: Media | None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["network"].choices = [(network.key, network.name) for network in networks]  # type: ignore[attr-defined]
        pictures = [("none", _("No picture"))]
        if story.picture_id:
            pictures.append(("story", _("The story’s picture")))
        if own:
            pictures.append(("own", _("My own picture")))
        self.fields["picture"].choices = pictures  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if (
            cleaned.get("when") == "later"
            and not cleaned.get("planned_at")
            and "planned_at" not in self.errors
        ):
            self.add_error("planned_at", _("Choose a day and a time."))
        return cleaned


class EditForm(forms.Form):
    text = forms.CharField(label=_("Your words"), max_length=LONGEST, strip=False, widget=forms.Textarea)
    planned_at = MomentField(
        label=_("Day and time"),
        required=False,
        validators=[MaxValueValidator(furthest)],
        help_text=_("Empty means: as soon as possible."),
    )


class PostedForm(forms.Form):
    permalink = forms.URLField(
        label=_("Address of your post"), required=False, max_length=1000, assume_scheme="https",
        help_text=_("If you have it at hand. Then you find your post again from here."),
    )  # fmt: skip


class FiguresForm(forms.Form):
    """All of it voluntary: what stays empty is unknown, not nought."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for metric in TYPED_IN:
            self.fields[metric.value] = forms.IntegerField(
                label=NAMES[metric], required=False, min_value=0, max_value=MOST
            )


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("File from LinkedIn"), help_text=_(".xlsx or .csv, at most 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )  # fmt: skip
