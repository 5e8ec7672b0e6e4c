from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from genlyd.programmes.models import GoalKind, Period, Programme
from genlyd.ui.forms import DateField


class Lines(forms.CharField):
    """Several short texts, one per line. Cleans to a list without blanks and repetitions."""

    widget = forms.Textarea

    def __init__(self, *, longest: int, **options: Any) -> None:
        super().__init__(**options)
        self.longest = longest

    def clean(self, value: Any) -> list[str]:
        lines = [" ".join(line.split()) for line in str(super().clean(value) or "").splitlines()]
        found = list(dict.fromkeys(line for line in lines if line))
        for line in found:
            if len(line) > self.longest:
                raise forms.ValidationError(
                    _("“%(start)s …” is too long: keep each line below %(most)s characters."),
                    params={"start": line[:30], "most": self.longest},
                )
        return found


class ProgrammeForm(forms.Form):
    name = forms.CharField(
        label=_("What is the programme called?"),
        max_length=120,
        help_text=_("What you want to achieve makes a good name: “Hire 40 nurses”."),
    )
    goal_kind = forms.ChoiceField(
        label=_("What is it for?"), choices=GoalKind.choices, widget=forms.RadioSelect
    )
    goal = forms.CharField(
        label=_("The goal in your own words"),
        max_length=300,
        required=False,
        help_text=_("Needed when you choose your own goal; otherwise as you like."),
    )

    @classmethod
    def values(cls, programme: Programme) -> dict[str, Any]:
        return {"name": programme.name, "goal_kind": programme.goal_kind, "goal": programme.goal}


class PeriodForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("For instance “Spring 2027”."))
    goal = forms.CharField(
        label=_("What should be different when it ends?"),
        max_length=300,
        help_text=_("One sentence. The team reads it on their first page."),
    )
    starts_on = DateField(label=_("First day"))
    ends_on = DateField(
        label=_("Last day"), help_text=_("Three months are a good length: long enough to learn.")
    )
    sub_goals = Lines(
        label=_("Sub-goals"),
        longest=200,
        required=False,
        help_text=_("One per line. Two or three are enough."),
    )
    focus_areas = Lines(
        label=_("Focus areas"),
        longest=80,
        required=False,
        help_text=_(
            "What you tell about, one per line: working life, what our experts know, responsibility, jobs."
        ),
    )

    @classmethod
    def values(cls, period: Period) -> dict[str, Any]:
        return {
            "name": period.name,
            "goal": period.goal,
            "starts_on": period.starts_on,
            "ends_on": period.ends_on,
            "sub_goals": "\n".join(row.text for row in period.sub_goals.all()),
            "focus_areas": "\n".join(area.name for area in period.focus_areas.all()),
        }
