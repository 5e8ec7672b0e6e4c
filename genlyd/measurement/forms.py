from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from genlyd.measurement import figures
from genlyd.measurement.domain.dictionary import Definition, Unit
from genlyd.measurement.models import Kpi
from genlyd.measurement.queries.kpis import candidates, default_owner, earlier_value
from genlyd.measurement.words import WEEKDAYS
from genlyd.people.models import Member
from genlyd.programmes.models import Period


def _typed(value: float) -> float | int:
    """As a person would type it: 40, not 40.0."""
    value = round(value, 4)
    return int(value) if value == int(value) else value


class KpiForm(forms.Form):
    """Values are typed as they are shown: 40 for 40 %. `changes()` gives them as they are stored."""

    target = forms.FloatField(label=_("Target at the end of the period"), localize=True)
    baseline = forms.FloatField(
        label=_("Where it stood before"), required=False, localize=True,
        help_text=_("So that one can see what has changed. Leave it empty if nobody knows."),
    )  # fmt: skip
    owner = forms.ModelChoiceField(
        Member.objects.none(), label=_("Who watches it?"), required=False, empty_label=_("Nobody yet"),
        help_text=_("This person is asked on a set day to share the figure with the team."),
    )  # fmt: skip
    share_weekday = forms.TypedChoiceField(
        label=_("On which day?"), coerce=int, choices=list(enumerate(WEEKDAYS))
    )

    def __init__(self, data: Any = None, *, definition: Definition, period: Period, **options: Any) -> None:
        super().__init__(data, **options)
        self.definition = definition
        self._factor = figures.scale(definition).factor
        current = self.initial.get("owner")
        owner: Any = self.fields["owner"]
        owner.queryset = candidates(period, current)

    @classmethod
    def values(cls, kpi: Kpi, definition: Definition) -> dict[str, Any]:
        shown = figures.scale(definition)
        return {
            "target": _typed(kpi.target * shown.factor),
            "baseline": None if kpi.baseline is None else _typed(kpi.baseline * shown.factor),
            "owner": kpi.owner_id,
            "share_weekday": kpi.share_weekday,
        }

    @classmethod
    def proposal(cls, period: Period, definition: Definition, target: float) -> dict[str, Any]:
        shown, earlier = figures.scale(definition), earlier_value(period, definition.key)
        owner = default_owner(period)
        return {
            "target": _typed(target * shown.factor),
            "baseline": None if earlier is None else _typed(round(earlier * shown.factor, shown.digits)),
            "owner": owner.pk if owner else None,
            "share_weekday": 0,
        }

    def clean_target(self) -> float:
        return self._possible(self.cleaned_data["target"])

    def clean_baseline(self) -> float | None:
        value = self.cleaned_data["baseline"]
        return None if value is None else self._possible(value)

    def _possible(self, value: float) -> float:
        if value < 0:
            raise forms.ValidationError(_("It cannot be less than nought."))
        if self.definition.unit is Unit.PERCENT and value > 100:  # noqa: PLR2004
            raise forms.ValidationError(_("More than 100 % is not possible."))
        return value

    def changes(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "target": data["target"] / self._factor,
            "baseline": None if data["baseline"] is None else data["baseline"] / self._factor,
            "owner": data["owner"],
            "share_weekday": data["share_weekday"],
        }


class UpdateForm(forms.Form):
    sentence = forms.CharField(
        label=_("Your sentence to the team"), max_length=500, widget=forms.Textarea,
        help_text=_("What does the figure tell you, and what would help next?"),
    )  # fmt: skip
