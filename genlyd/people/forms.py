from __future__ import annotations

import re
import zoneinfo
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from genlyd.people.models import Member, RoleKind, Team, TeamKind
from genlyd.people.queries import team_paths
from genlyd.ui.domain.colour import parse

DOMAIN = re.compile(r"(?:[\w](?:[\w-]{0,61}[\w])?\.)+[\w-]{2,63}")
ZONES = [(zone, zone.replace("_", " ")) for zone in sorted(zoneinfo.available_timezones()) if "/" in zone]
ZONES = [zone for zone in ZONES if not zone[0].startswith(("Etc/", "SystemV/", "posix/", "right/"))]


class DomainsField(forms.CharField):
    """Domains separated by commas, spaces or lines; @ and capitals do not matter."""

    widget = forms.TextInput

    def clean(self, value: Any) -> list[str]:
        text = super().clean(value) or ""
        words = [word.lstrip("@").strip(".").lower() for word in re.split(r"[\s,;]+", text) if word]
        for word in words:
            if not DOMAIN.fullmatch(word):
                raise forms.ValidationError(
                    _("“%(domain)s” is not a domain like example.dk."), params={"domain": word}
                )
        return list(dict.fromkeys(words))

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value


class ColourField(forms.CharField):
    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            return parse(text)
        except ValueError as error:
            raise forms.ValidationError(_("Write a colour like #b3472e.")) from error


class HouseFields(forms.Form):
    organisation = forms.CharField(label=_("Name of the organisation"), max_length=120)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=ZONES, initial="Europe/Copenhagen")
    email_domains = DomainsField(
        label=_("Your e-mail domains"), required=False,
        help_text=_("People with such an address can join by a link. Separate several with commas."),
    )  # fmt: skip
    accent = ColourField(
        label=_("Colour"), required=False, max_length=7,
        help_text=_("Your colour, like #b3472e. Genlyd makes it lighter or darker where it could not be read."),
    )  # fmt: skip


class SetupForm(HouseFields):
    name = forms.CharField(label=_("Your name"), max_length=120)
    email = forms.EmailField(label=_("Your e-mail"))
    password = forms.CharField(
        label=_("Password"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. A few words in a row are easy to remember."),
    )  # fmt: skip
    field_order = (
        "name",
        "email",
        "password",
        "organisation",
        "language",
        "time_zone",
        "email_domains",
        "accent",
    )

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        password_validation.validate_password(password)
        return password


class OrganisationForm(HouseFields):
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    logo = forms.FileField(
        label=_("Logo"), required=False, help_text=_("PNG, JPEG or WebP, at most 8 MB."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )  # fmt: skip
    without_logo = forms.BooleanField(label=_("Remove the logo"), required=False)
    field_order = ("organisation", "website", "language", "time_zone", "email_domains", "accent")


class TeamChoice(forms.ChoiceField):
    """A team of one tree, by its path."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.teams: dict[int, str] = {}

    def offer(self, teams: dict[int, str], empty: Any = "–") -> None:
        self.teams = teams
        self.choices = [("", empty), *((str(pk), path) for pk, path in teams.items())]

    def clean(self, value: Any) -> Team | None:
        chosen = super().clean(value)
        return Team.objects.get(pk=int(chosen)) if chosen else None


class MemberForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"))
    title = forms.CharField(label=_("Job title"), max_length=120, required=False)
    department = TeamChoice(label=_("Department"))
    location = TeamChoice(label=_("Location"))

    def __init__(self, *args: Any, organisation_id: int, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, kind in (("department", TeamKind.DEPARTMENT), ("location", TeamKind.LOCATION)):
            field = self.fields[name]
            assert isinstance(field, TeamChoice)
            field.offer(team_paths(organisation_id, kind))

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class NewMemberForm(MemberForm):
    invite = forms.BooleanField(label=_("Send an invitation now"), required=False, initial=True)


class RolesForm(forms.Form):
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=RoleKind.choices, required=False, widget=forms.CheckboxSelectMultiple
    )


class TeamForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    parent = TeamChoice(label=_("Below"))

    def __init__(self, *args: Any, teams: dict[int, str], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["parent"]
        assert isinstance(field, TeamChoice)
        field.offer(teams, _("At the top"))


class ProfileForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    title = forms.CharField(label=_("Job title"), max_length=120, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(
        label=_("Time zone"), required=False, choices=[("", _("The same as the organisation’s")), *ZONES],
        help_text=_("When you plan a post for 9 o’clock, it is 9 o’clock there."),
    )  # fmt: skip
    picture = forms.FileField(
        label=_("Picture"), required=False, help_text=_("PNG, JPEG or WebP, at most 8 MB. It is cut to a square."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )  # fmt: skip
    without_picture = forms.BooleanField(label=_("Remove the picture"), required=False)

    def __init__(self, *args: Any, member: Member, **options: Any) -> None:
        super().__init__(*args, **options)
        if not member.picture:
            del self.fields["without_picture"]


class PasswordOrCode(forms.Form):
    """A password of one's own, or none: then every sign-in takes a code by mail."""

    password = forms.CharField(
        label=_("Password"), required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if settings.SMTP_HOST:
            self.fields["password"].help_text = _(
                "Leave it empty if you would rather get a code by mail each time you sign in."
            )
        else:  # no mail leaves this installation: a code would never arrive
            self.fields["password"].required = True
            self.fields["password"].help_text = _("At least 12 characters.")

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        if password:
            password_validation.validate_password(password)
        return password


class JoinForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=120)
    email = forms.EmailField(label=_("Your work e-mail"))


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("CSV file"), help_text=_("At most 5 MB and 50,000 rows."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv"}),
    )  # fmt: skip


class ConsentTextForm(forms.Form):
    text = forms.CharField(label=_("What people agree to"), max_length=10_000, widget=forms.Textarea)
