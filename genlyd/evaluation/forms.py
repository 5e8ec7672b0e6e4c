from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from genlyd.evaluation.models import Decision


class DecisionForm(forms.Form):
    verb = forms.ChoiceField(label=_("We want to"), choices=Decision.Verb.choices, widget=forms.RadioSelect)
    subject = forms.CharField(
        label=_("What?"), max_length=200, help_text=_("For instance “Posts with a picture of a colleague”.")
    )
    note = forms.CharField(
        label=_("Why, or how?"), required=False, widget=forms.Textarea, max_length=2000,
        help_text=_("Comes along as a note to the plan line of the next period."),
    )  # fmt: skip

    @classmethod
    def values(cls, decision: Decision) -> dict[str, Any]:
        return {"verb": decision.verb, "subject": decision.subject, "note": decision.note}


class NextPeriodForm(forms.Form):
    name = forms.CharField(label=_("What is the next period called?"), max_length=120)
