"""Which tables may lie on many machines.

A model says `distributed = True`; then `genlyd distribute` spreads its table over a Citus cluster by organisation. All
of them are co-located: the rows of one organisation lie on one machine, whichever table they are in. What that asks of
a table and of the statements that touch it is held by tests on every machine, with or without Citus:
tests/architecture/test_distributed_schema.py and test_distributed_statements.py.
"""

from __future__ import annotations

from django.apps import apps
from django.db.models import Model

#: The column that says on which machine a row lies. Always a bigint, or tables could not lie beside each other.
COLUMN = "organisation_id"


def distributed_models() -> list[type[Model]]:
    """In the order of their tables' names."""
    found = [model for model in apps.get_models() if getattr(model, "distributed", False)]
    return sorted(found, key=lambda model: model._meta.db_table)  # noqa: SLF001  Django's public way to ask


def distributed_tables() -> list[str]:
    """Without their partitions, which follow them."""
    return [model._meta.db_table for model in distributed_models()]  # noqa: SLF001
