from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from genlyd.networks.contract import AppField, AppSetup
from genlyd.networks.domain.price import MICROS

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


PRICED: dict[str, Any] = {
    "text": _("A post"),
    "link": _("A post with a link"),
    "alt_text": _("Describing a picture"),
    "read_person": _("Connecting an account"),
    "read_post": _("Looking at a post"),
    "delete": _("Deleting a post"),
}


class BudgetForm(forms.Form):
    """What may be spent in a month, and what the network charges for each thing, in its currency."""

    monthly = forms.DecimalField(
        label=_("At most in a month"), min_value=0, max_value=1_000_000, decimal_places=2,
        help_text=_("0 stops everything that costs."),
    )  # fmt: skip

    def __init__(self, *args: Any, prices: Mapping[str, int], currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["monthly"].label = f"{self.fields['monthly'].label} ({currency})"
        self.kinds = list(prices)
        for kind, price in prices.items():
            self.fields[f"price_{kind}"] = forms.DecimalField(
                label=f"{PRICED.get(kind, kind)} ({currency})", min_value=0, max_value=1000, decimal_places=6,
                initial=plain(price), required=True,
            )  # fmt: skip

    @property
    def price_fields(self) -> list[Any]:
        return [self[f"price_{kind}"] for kind in self.kinds]

    def micros(self, name: str) -> int:
        return int(self.cleaned_data[name] * MICROS)

    def prices(self) -> dict[str, int]:
        return {kind: self.micros(f"price_{kind}") for kind in self.kinds}


def plain(micros: int) -> Decimal:
    """An amount as one writes it: 15 000 millionths are 0.015."""
    amount = Decimal(micros) / MICROS
    return (
        amount.quantize(Decimal("0.01")) if amount == amount.quantize(Decimal("0.01")) else amount.normalize()
    )
