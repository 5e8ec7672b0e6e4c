from __future__ import annotations

from typing import Any

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


class AskedForm(forms.Form):
    """The one thing a network has to know before the sign-in: a server, or a handle."""

    asked = forms.CharField(
        max_length=253,
        widget=forms.TextInput(
            attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}
        ),
    )

    def __init__(self, *args: Any, label: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asked"].label = label
