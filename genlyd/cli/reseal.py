"""`genlyd reseal`: bring every stored secret under the newest key, so that older keys can be thrown away."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

HELP = "encrypt every stored secret with the newest key of GENLYD_SECRET_KEYS"
NEEDS_DATABASE = True
CHUNK = 500


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    pass


def sealed_columns() -> Iterator[tuple[Any, str]]:
    """Every column that holds a sealed secret: by house rule a BinaryField called ..._sealed."""
    from django.apps import apps
    from django.db.models import BinaryField

    for model in apps.get_models():
        for field in model._meta.get_fields():  # noqa: SLF001  Django's public way to ask
            if isinstance(field, BinaryField) and field.name.endswith("_sealed"):
                yield model, field.name


def reseal() -> tuple[int, int]:
    """(renewed, unreadable). Safe beside a running Genlyd: a token renewed meanwhile is not overwritten."""
    from genlyd.base.crypto import Unreadable, resealed

    renewed = unreadable = 0
    for model, name in sealed_columns():
        rows = model.objects.exclude(**{name: None}).values_list("pk", name)
        for pk, sealed in rows.iterator(chunk_size=CHUNK):
            try:
                fresh = resealed(sealed)
            except Unreadable:
                unreadable += 1
                continue
            if fresh:
                renewed += model.objects.filter(pk=pk, **{name: sealed}).update(**{name: fresh})
    more, lost = _second_factors()
    return renewed + more, unreadable + lost


def _second_factors() -> tuple[int, int]:
    """allauth keeps them in a JSON column: see people.adapter, which seals them."""
    from allauth.mfa.models import Authenticator

    from genlyd.base.crypto import Unreadable, resealed

    renewed = unreadable = 0
    for found in Authenticator.objects.filter(data__has_key="secret").iterator(chunk_size=CHUNK):
        try:
            fresh = resealed(str(found.data["secret"]))
        except Unreadable:
            unreadable += 1
            continue
        if fresh:
            data = {**found.data, "secret": fresh.decode()}
            renewed += Authenticator.objects.filter(pk=found.pk, data=found.data).update(data=data)
    return renewed, unreadable


def run(_args: argparse.Namespace) -> int:
    renewed, unreadable = reseal()
    print(f"{renewed} secrets are now under the newest key.")
    if unreadable:
        print(
            f"{unreadable} could not be read with any key: their owners have to connect again. "
            "If an older key still exists, put it back and run this once more before dropping it."
        )
    else:
        print("Older keys can be taken out of GENLYD_SECRET_KEYS.")
    return 1 if unreadable else 0
