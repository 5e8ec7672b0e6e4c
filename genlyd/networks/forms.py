from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from genlyd.networks.contract import AppField, AppSetup

PLAIN = {"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}


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


class AppForm(forms.Form):
    """What an administrator enters about the organisation's app: always id and secret, then what the network needs."""

    client_id = forms.CharField(max_length=500, widget=forms.TextInput(attrs=PLAIN))
    client_secret = forms.CharField(
        max_length=1000, required=False, widget=forms.PasswordInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, *args: Any, setup: AppSetup, has_secret: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["client_id"].label = str(setup.id_label or _("Client ID"))
        self.fields["client_secret"].label = str(setup.secret_label or _("Client secret"))
        self.fields["client_secret"].required = not has_secret
        if has_secret:
            self.fields["client_secret"].help_text = _("Kept, encrypted. Fill in only to replace it.")
        for one in setup.fields:
            self.fields[one.key] = self._made(one)

    @staticmethod
    def _made(one: AppField) -> forms.Field:
        words: dict[str, Any] = {"label": one.label, "help_text": one.help}
        if one.switch:
            return forms.BooleanField(required=False, **words)
        widget = forms.PasswordInput(attrs=PLAIN) if one.secret else forms.TextInput(attrs=PLAIN)
        return forms.CharField(
            max_length=1000,
            required=one.required and not one.secret,
            initial=one.default,
            widget=widget,
            **words,
        )

    def entered(self) -> dict[str, str]:
        """Every value as text; a ticked box is "1", an empty one ""."""
        return {
            key: ("1" if value else "") if isinstance(value, bool) else str(value)
            for key, value in self.cleaned_data.items()
        }
