"""Forms of the guideline and of each kind of rule."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from genlyd.people.models import Organisation
from genlyd.programmes.fields import ColleagueField, label_of
from genlyd.programmes.forms import Lines
from genlyd.rules.domain.settings import (
    Disclosure,
    Frequency,
    OwnWords,
    Phrase,
    Phrases,
    QuietHours,
    QuietSpan,
    Settings,
    clock,
    minutes,
)
from genlyd.rules.models import BlockGround, Rule, RuleKind
from genlyd.ui.forms import TimeInput

DAY = 24 * 60


class GuidelineForm(forms.Form):
    text = forms.CharField(
        label=_("The guidelines"),
        widget=forms.Textarea,
        help_text=_("Short and friendly. ## makes a heading, - a list, **bold** is bold."),
    )
    change = forms.CharField(
        label=_("What has changed?"),
        max_length=300,
        required=False,
        help_text=_("One sentence for those who have read the version before."),
    )


class RuleForm(forms.Form):
    """What all rules have in common."""

    active = forms.BooleanField(label=_("The rule is in force"), required=False)
    reason = forms.CharField(
        label=_("Why does the rule exist?"),
        widget=forms.Textarea,
        help_text=_("The writer reads it with every remark."),
    )
    good_example = forms.CharField(label=_("A good example"), required=False, widget=forms.Textarea)
    bad_example = forms.CharField(label=_("A bad example"), required=False, widget=forms.Textarea)
    blocks = forms.TypedChoiceField(
        label=_("What happens?"),
        choices=[("", _("The writer is told, and decides")), ("1", _("The text cannot be shared"))],
        coerce=bool,
        empty_value=False,  # type: ignore[arg-type]
        required=False,
        widget=forms.RadioSelect,
    )
    block_ground = forms.ChoiceField(
        label=_("Why must it stop a text?"), choices=[("", "-"), *BlockGround.choices], required=False
    )
    owner = ColleagueField(
        label=_("Who answers questions about it?"), required=False, help_text=_("A name or an e-mail.")
    )

    def __init__(self, *args: Any, rule: Rule, organisation: Organisation, **options: Any) -> None:
        options["initial"] = {
            "active": rule.active,
            "reason": rule.reason,
            "good_example": rule.good_example,
            "bad_example": rule.bad_example,
            "blocks": "1" if rule.blocks else "",
            "block_ground": rule.block_ground,
            "owner": label_of(rule.owner) if rule.owner else "",
        }
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["owner"].organisation = organisation


class FrequencyForm(forms.Form):
    per_week = forms.IntegerField(label=_("Shares per person and week"), min_value=1, max_value=50)

    @staticmethod
    def values(settings: Settings) -> dict[str, Any]:
        return settings.write()

    def settings(self) -> Settings:
        return Frequency.read(self.cleaned_data)


class DisclosureForm(forms.Form):
    names = Lines(
        label=_("What you are called"),
        longest=120,
        required=False,
        help_text=_(
            "One per line: the name, short forms, former names. Hashtags are understood by themselves."
        ),
    )
    words = Lines(
        label=_("Words that also make it clear"),
        longest=120,
        required=False,
        help_text=_("One per line, for instance “on the ward” or “at the works”. The usual ones are known."),
    )
    within = forms.IntegerField(
        label=_("How early? Within so many characters"), min_value=20, max_value=1000,
        help_text=_("Or within the first sentence."),
    )  # fmt: skip

    @staticmethod
    def values(settings: Settings) -> dict[str, Any]:
        assert isinstance(settings, Disclosure)
        return {
            "names": "\n".join(settings.names),
            "words": "\n".join(settings.words),
            "within": settings.within,
        }

    def settings(self) -> Settings:
        return Disclosure.read(self.cleaned_data)


class OwnWordsForm(forms.Form):
    percent = forms.IntegerField(
        label=_("Own words, at least, in per cent"), min_value=0, max_value=100,
        help_text=_("Below that the writer is asked: what did you see or do yourself?"),
    )  # fmt: skip
    least_own_run = forms.IntegerField(label=_("Or so many own words in a row"), min_value=1, max_value=200)
    run = forms.IntegerField(
        label=_("Words in a row that count as taken over"), min_value=2, max_value=20,
        help_text=_("Four is a good number: three words in common are a coincidence."),
    )  # fmt: skip

    @staticmethod
    def values(settings: Settings) -> dict[str, Any]:
        assert isinstance(settings, OwnWords)
        return {
            "percent": round(settings.least_own_share * 100),
            "least_own_run": settings.least_own_run,
            "run": settings.run,
        }

    def settings(self) -> Settings:
        data = self.cleaned_data
        return OwnWords(data["run"], data["percent"] / 100, data["least_own_run"])


class PhraseRow(forms.Form):
    phrase = forms.CharField(label=_("Word or phrase"), max_length=120, required=False)
    reason = forms.CharField(label=_("Why?"), max_length=300, required=False)
    mend = forms.CharField(label=_("What instead?"), max_length=300, required=False)
    inflected = forms.BooleanField(label=_("Its endings too"), required=False, initial=True)


class DayRow(forms.Form):
    start = forms.TimeField(label=_("From"), required=False, widget=TimeInput)
    end = forms.TimeField(label=_("To"), required=False, widget=TimeInput)
    whole_day = forms.BooleanField(label=_("All day"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("whole_day") and bool(data.get("start")) != bool(data.get("end")):
            raise forms.ValidationError(_("Give both times, or neither."))
        return data


_PhraseSet = forms.formset_factory(PhraseRow, extra=3)
_DaySet = forms.formset_factory(DayRow, extra=0, min_num=7, max_num=7)


class PhrasesForm(_PhraseSet):  # type: ignore[misc, valid-type]
    """A row per phrase, and three empty ones; a row without a phrase is dropped."""

    @staticmethod
    def values(settings: Settings) -> list[dict[str, Any]]:
        assert isinstance(settings, Phrases)
        return [vars(phrase) for phrase in settings.phrases]

    def settings(self) -> Settings:
        rows = [form.cleaned_data for form in self.forms]
        return Phrases(tuple(Phrase(**row) for row in rows if row.get("phrase")))


class QuietHoursForm(_DaySet):  # type: ignore[misc, valid-type]
    """A row per weekday, Monday first. An end before the start is on the next morning."""

    @staticmethod
    def values(settings: Settings) -> list[dict[str, Any]]:
        assert isinstance(settings, QuietHours)
        by_day = {span.weekday: span for span in settings.spans}
        rows = []
        for weekday in range(7):
            span = by_day.get(weekday)
            whole = bool(span and span.start == 0 and span.end == DAY)
            shown = span if span and not whole else None
            rows.append(
                {
                    "start": clock(shown.start) if shown else None,
                    "end": clock(shown.end % DAY) if shown else None,
                    "whole_day": whole,
                }
            )
        return rows

    def settings(self) -> Settings:
        spans = []
        for weekday, form in enumerate(self.forms):
            row = form.cleaned_data
            if row.get("whole_day"):
                spans.append(QuietSpan(weekday, 0, DAY))
            elif row.get("start"):
                start, end = (minutes(f"{row[name]:%H:%M}") for name in ("start", "end"))
                spans.append(QuietSpan(weekday, start, end))
        return QuietHours(tuple(spans))


KIND_FORMS: dict[str, Any] = {
    RuleKind.PHRASES: PhrasesForm,
    RuleKind.FREQUENCY: FrequencyForm,
    RuleKind.QUIET_HOURS: QuietHoursForm,
    RuleKind.DISCLOSURE: DisclosureForm,
    RuleKind.OWN_WORDS: OwnWordsForm,
}
