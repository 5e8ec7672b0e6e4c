"""Everything belongs to an organisation, and is loaded through the person who asks."""

from __future__ import annotations

from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.http import Http404


class Owned(models.Model):
    """A row of exactly one organisation. Deleting an organisation is a deed of its own, never a cascade."""

    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


M = TypeVar("M", bound=models.Model)


def one_or_404(rows: models.QuerySet[M], **lookup: Any) -> M:
    """The one row of `rows` that fits, or 404: not found and not allowed look alike.

    `rows` must already be narrowed to what the asker may see.
    """
    try:
        return rows.get(**lookup)
    except (ObjectDoesNotExist, ValueError, TypeError) as error:
        raise Http404 from error
