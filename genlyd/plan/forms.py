from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from genlyd.content.models import Story
from genlyd.networks import registry
from genlyd.plan.models import PlanLine
from genlyd.plan.queries import stories_to_choose
from genlyd.programmes.fields import ColleagueField, label_of
from genlyd.programmes.models import FocusArea, Period
from genlyd.ui.forms import DateField


class LineForm(forms.Form):
    title = forms.CharField(label=_("What"), max_length=200, help_text=_("What is told, in a few words."))
    due_on = DateField(label=_("Deadline"))
    responsible = ColleagueField(
        label=_("Responsible"), required=False, help_text=_("One person, by name or e-mail.")
    )
    focus_area = forms.ModelChoiceField(
        label=_("Focus area"),
        queryset=FocusArea.objects.none(),
        required=False,
        empty_label=_("No focus area"),
    )
    story = forms.ModelChoiceField(
        label=_("Story"), queryset=Story.objects.none(), required=False, empty_label=_("None yet")
    )
    network = forms.ChoiceField(label=_("Network"), required=False)
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea)

    def __init__(self, *args: Any, period: Period, line: PlanLine | None = None, **options: Any) -> None:
        if line is not None:
            options["initial"] = self.values(line)
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["focus_area"].queryset = period.focus_areas.all()
        fields["story"].queryset = stories_to_choose(period, keep=line.story_id if line else None)
        fields["network"].choices = [
            ("", _("Any")), *((key, network.name) for key, network in registry.REAL.items())
        ]  # fmt: skip
        fields["responsible"].organisation = period.organisation
        fields["responsible"].widget.attrs |= {
            "list": "colleagues", "autocomplete": "off", "hx-get": reverse("plan:colleagues", args=[period.pk]),
            "hx-trigger": "input changed delay:200ms", "hx-target": "#colleagues",
        }  # fmt: skip

    @staticmethod
    def values(line: PlanLine) -> dict[str, Any]:
        return {
            "title": line.title,
            "due_on": line.due_on,
            "responsible": label_of(line.responsible) if line.responsible else "",
            "focus_area": line.focus_area_id,
            "story": line.story_id,
            "network": line.network,
            "note": line.note,
        }
