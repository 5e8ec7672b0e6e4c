from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from genlyd.content import queries
from genlyd.content.actions.stories import Card
from genlyd.content.models import Media, Story
from genlyd.content.networks import NETWORK_CHOICES
from genlyd.people.models import Member, RoleKind, Team
from genlyd.programmes.models import FocusArea, Period

SENTENCE_MOST = 240
EDITING = (RoleKind.EDITOR, RoleKind.LEAD, RoleKind.ADMINISTRATOR)


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ResponsibleField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class StoryForm(forms.Form):
    """A message card without its rows (facts, examples), which `rows` reads."""

    sentence = forms.CharField(
        label=_("One true sentence"),
        help_text=_(
            "What happened, in words a friend would understand. It is the first thing everybody reads."
        ),
        max_length=SENTENCE_MOST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    why = forms.CharField(
        label=_("Why it is worth telling"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    url = forms.URLField(
        label=_("Link"), required=False, max_length=2000, assume_scheme="https",
        help_text=_("Where readers go. Everybody who shares gets a short link of their own to it."),
    )  # fmt: skip
    picture = forms.FileField(
        label=_("Picture"), required=False,
        help_text=_("JPEG, PNG, WebP or GIF, up to 10 MB. Place and camera are removed."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
    )  # fmt: skip
    picture_id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    remove_picture = forms.BooleanField(label=_("Remove the picture"), required=False)
    alt = forms.CharField(
        label=_("What does the picture show?"), required=False, max_length=1000,
        help_text=_("A few words for those who cannot see it. Needed before the story goes out."),
    )  # fmt: skip
    shows_person = forms.BooleanField(
        label=_("Somebody can be recognised"), required=False,
        help_text=_("Then ask them first: everybody in the picture must have said yes to its being shared."),
    )  # fmt: skip
    not_public_yet = forms.CharField(
        label=_("What is not public yet"), required=False, max_length=2000,
        help_text=_("What colleagues may know, but must not write about."), widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    angle_1 = forms.CharField(label=_("First question"), required=False, max_length=200)
    angle_2 = forms.CharField(label=_("Second question"), required=False, max_length=200)
    angle_3 = forms.CharField(label=_("Third question"), required=False, max_length=200)
    language = forms.ChoiceField(label=_("Language"), choices=[("da", _("Danish")), ("en", _("English"))])
    networks = forms.MultipleChoiceField(
        label=_("Networks"), required=False, choices=NETWORK_CHOICES, widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen means any."),
    )  # fmt: skip
    period = forms.TypedChoiceField(label=_("Period"), required=False, coerce=int, empty_value=None)
    focus_area = forms.TypedChoiceField(label=_("Focus area"), required=False, coerce=int, empty_value=None)
    audience = forms.ModelMultipleChoiceField(
        label=_("Who may tell it"), required=False, queryset=Team.objects.none(), widget=forms.CheckboxSelectMultiple,
        help_text=_("Departments and locations, with everything below them. None chosen means everybody."),
    )  # fmt: skip
    responsible = ResponsibleField(
        label=_("Responsible"),
        required=False,
        queryset=Member.objects.none(),
        help_text=_("Whom to ask about it."),
    )
    not_before = forms.DateField(label=_("First day"), required=False, widget=DayInput())
    last_day = forms.DateField(label=_("Last day"), required=False, widget=DayInput())

    def __init__(self, *args: Any, member: Member, story: Story | None = None, **kwargs: Any) -> None:
        if story is not None:
            kwargs["initial"] = initial_of(story) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.member, self.story = member, story
        self.periods = queries.periods_to_choose(member)
        if story and story.period and story.period not in self.periods:
            self.periods.append(story.period)
        house = member.organisation_id
        self._choices(
            "period",
            [("", _("No period")), *((p.pk, f"{p.name} · {p.programme.name}") for p in self.periods)],
        )
        areas = [(p.name, [(area.pk, area.name) for area in p.focus_areas.all()]) for p in self.periods]
        none = ("", pgettext_lazy("focus area", "None"))
        self._choices("focus_area", [none, *((name, rows) for name, rows in areas if rows)])
        self._field("audience").queryset = Team.objects.filter(organisation_id=house).order_by(
            "kind", "sort_name", "pk"
        )
        self._field("responsible").queryset = (
            Member.objects.current().filter(organisation_id=house, roles__kind__in=EDITING).distinct()
        )

    def _field(self, name: str) -> Any:
        return self.fields[name]

    def _choices(self, name: str, choices: Sequence[Any]) -> None:
        self._field(name).choices = choices

    def clean_picture_id(self) -> int | None:
        pk = self.cleaned_data["picture_id"]
        if not pk:
            return None
        # A colleague's own picture is seen by nobody else, whatever number is sent.
        theirs = Q(uploaded_by=self.member) | Q(uploaded_by=None)
        house = Media.objects.filter(organisation_id=self.member.organisation_id, pk=pk)
        in_stories = Story.objects.filter(organisation_id=self.member.organisation_id, picture=pk)
        known = house.filter(theirs).exists() or (house.exists() and in_stories.exists())
        return int(pk) if known else None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = data.get("not_before"), data.get("last_day")
        if first and last and last < first:
            self.add_error(
                "last_day", _("The last day is before the first. Choose a later one, or leave it empty.")
            )
        return data

    @property
    def upload(self) -> UploadedFile | None:
        return self.files.get("picture")

    def card(self, *, picture: Media | None, facts: list[tuple[str, str]], examples: list[str]) -> Card:
        """The valid form as the action wants it."""
        data = self.cleaned_data
        first, last = data["not_before"], data["last_day"]
        return Card(
            sentence=" ".join(data["sentence"].split()),
            why=data["why"],
            not_public_yet=data["not_public_yet"],
            url=data["url"],
            language=data["language"],
            networks=data["networks"],
            period=self._period(data["period"]),
            focus_area=self._area(data["focus_area"]),
            responsible=data["responsible"],
            not_before=begin_of(first) if first else None,
            expires_at=begin_of(last + timedelta(days=1)) if last else None,
            picture=picture,
            facts=facts,
            angles=[data[name] for name in ("angle_1", "angle_2", "angle_3") if data[name]],
            examples=examples,
            audience=list(data["audience"]),
        )

    def _period(self, pk: int | None) -> Period | None:
        return next((period for period in self.periods if period.pk == pk), None)

    def _area(self, pk: int | None) -> FocusArea | None:
        areas: Iterable[FocusArea] = (area for period in self.periods for area in period.focus_areas.all())
        return next((area for area in areas if area.pk == pk), None)


def begin_of(day: Any) -> datetime:
    """Midnight where the organisation is (the middleware activates its time zone)."""
    return timezone.make_aware(datetime.combine(day, time.min))


def initial_of(story: Story) -> dict[str, Any]:
    angles = {f"angle_{angle.position}": angle.question for angle in story.angles.all()}
    return {
        **{
            name: getattr(story, name)
            for name in ("sentence", "why", "url", "not_public_yet", "language", "networks", "responsible")
        },
        **angles,
        "period": story.period_id,
        "focus_area": story.focus_area_id,
        "audience": list(story.audience.all()),
        "picture_id": story.picture_id,
        "alt": story.picture.alt if story.picture else "",
        "shows_person": bool(story.picture and story.picture.shows_person),
        "not_before": timezone.localtime(story.not_before).date(),
        "last_day": timezone.localtime(story.last_day).date() if story.last_day else None,
    }


class PreviewForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=300)
    description = forms.CharField(
        label=_("Description"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class FeedForm(forms.Form):
    url = forms.URLField(
        label=_("Address of the feed or of the website"), max_length=1000, assume_scheme="https",
        error_messages={"invalid": _("This is not a web address. Copy it from the browser.")},
    )  # fmt: skip
