"""What Citus asks of tables, checked in the database itself, on every machine."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models

from genlyd.base.distribution import COLUMN, distributed_models, distributed_tables

TABLES = pytest.mark.parametrize("name", distributed_tables())


def rows(query: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


def test_there_are_some() -> None:
    assert {"links_arrival", "links_click", "links_batch", "links_linkday"} <= set(distributed_tables())


def test_each_table_that_could_be_distributed_says_whether_it_is() -> None:
    for model in apps.get_models():
        key = model._meta.pk
        if isinstance(key, models.CompositePrimaryKey) and COLUMN in key.field_names:
            assert isinstance(getattr(model, "distributed", None), bool), model


def test_nothing_but_models_points_to_a_distributed_model() -> None:
    for model in apps.get_models():
        for field in model._meta.get_fields():
            assert field.related_model not in distributed_models(), f"{model}.{field}"


@pytest.mark.django_db
@TABLES
def test_organisation_is_a_bigint_that_is_never_null(name: str) -> None:
    found = rows(
        "SELECT format_type(atttypid, atttypmod), attnotnull FROM pg_attribute"
        " WHERE attrelid IN (SELECT %s::regclass UNION SELECT relid FROM pg_partition_tree(%s)) AND attname = %s",
        name, name, COLUMN,
    )  # fmt: skip
    assert set(found) == {("bigint", True)}


@pytest.mark.django_db
@TABLES
def test_organisation_is_part_of_every_unique_key(name: str) -> None:
    """And of the partitions' keys, and of exclusion constraints."""
    found = rows(
        "SELECT index.indexrelid::regclass::text, array_agg(attname::text) FROM pg_index index"
        " LEFT JOIN pg_attribute ON attrelid = index.indrelid AND attnum = ANY(index.indkey)"
        " WHERE (indisunique OR indisexclusion)"
        " AND index.indrelid IN (SELECT %s::regclass UNION SELECT relid FROM pg_partition_tree(%s)) GROUP BY 1",
        name, name,
    )  # fmt: skip
    assert found
    for key, columns in found:
        assert COLUMN in columns, key


@pytest.mark.django_db
@TABLES
def test_nothing_hangs_on_it_that_other_machines_do_not_have(name: str) -> None:
    """Foreign keys, triggers, rules, row security; sequences and other defaults that a machine works out for itself."""
    own = "IN (SELECT %s::regclass UNION SELECT relid FROM pg_partition_tree(%s))"
    assert rows(
        f"SELECT conname FROM pg_constraint WHERE contype = 'f' AND (conrelid {own} OR confrelid {own})",
        name, name, name, name,
    ) == []  # fmt: skip
    # Citus hangs a trigger of its own on tables it has distributed.
    assert (
        rows(f"SELECT tgname FROM pg_trigger WHERE tgrelid {own} AND NOT tgisinternal"
             " AND tgname NOT LIKE 'truncate_trigger%%'", name, name)
        == []
    )  # fmt: skip
    assert rows(f"SELECT rulename FROM pg_rules WHERE tablename::regclass {own}", name, name) == []
    assert rows(f"SELECT relname FROM pg_class WHERE oid {own} AND relrowsecurity", name, name) == []
    defaults = rows(
        f"SELECT attname, attidentity::text, pg_get_expr(adbin, adrelid) FROM pg_attribute"
        f" LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum"
        f" WHERE attrelid {own} AND attnum > 0 AND (attidentity <> '' OR pg_get_expr(adbin, adrelid) LIKE '%%(%%')",
        name, name,
    )  # fmt: skip
    assert defaults == []


@pytest.mark.django_db
@TABLES
def test_partitions_are_cut_by_time_only(name: str) -> None:
    found = rows(
        "SELECT partstrat::text, pg_get_partkeydef(partrelid) FROM pg_partitioned_table WHERE partrelid = %s::regclass",
        name,
    )
    assert found in ([], [("r", "RANGE (at)")])
