from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest

from genlyd.base.errors import Refused


def words(refusal: Refused) -> str:
    return f"{refusal.message} {refusal.next_step}".strip()


def tell(request: HttpRequest, refusal: Refused) -> None:
    """For deeds that are one button."""
    messages.error(request, words(refusal))


def into(form: forms.Form, refusal: Refused) -> None:
    """For deeds that are a form: the words stand where they belong."""
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, words(refusal))
