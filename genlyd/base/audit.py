"""The trail an auditor asks for."""

from __future__ import annotations

from typing import Any

from django.db import models

from genlyd.base.models import AuditEntry


def note(
    organisation: models.Model, actor: models.Model | None, verb: str, subject: object, **detail: Any
) -> None:
    """Call inside the action's transaction, so that deed and trace stand or fall together."""
    AuditEntry.objects.create(
        organisation_id=organisation.pk,
        actor_id=actor.pk if actor else None,
        verb=verb,
        subject=str(subject)[:200],
        detail=detail,
    )
