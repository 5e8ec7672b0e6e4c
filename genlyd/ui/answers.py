"""How a refusal reaches the person: beside the form's field it belongs to, or as a toast."""

from __future__ import annotations

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest

from genlyd.base.errors import Refused


def words_of(refusal: Refused) -> str:
    """What is the matter, and what to do about it."""
    return f"{refusal.message} {refusal.next_step}".strip()


def tell(request: HttpRequest, refusal: Refused) -> None:
    messages.error(request, words_of(refusal))


def blame(form: BaseForm, refusal: Refused) -> None:
    """Show the refusal in the form; the view answers the form again with status 422."""
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, words_of(refusal))
