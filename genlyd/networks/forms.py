from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class BlueskyForm(forms.Form):
    handle = forms.CharField(
        label=_("Your handle"), max_length=253, help_text=_("For example name.bsky.social"),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip
    app_password = forms.CharField(
        label=_("App password"), max_length=100,
        help_text=_("Looks like this: abcd-efgh-ijkl-mnop. Not the password you sign in with."),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    server = forms.CharField(
        label=_("Server"), max_length=200, required=False,
        help_text=_("Only if your account lives on a server of its own."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false", "inputmode": "url"}),
    )  # fmt: skip
