"""Facts: how a lower area tells those above that something happened.

A fact is a frozen dataclass named in the past tense, with ids only. `record` stores one job per reaction in the
caller's transaction: if the transaction rolls back, nothing happened; if a reaction fails, it is retried alone.

    @fact
    class ShareConfirmed:
        share_id: int

    record(ShareConfirmed(share_id=share.pk))           # in sharing/actions

    @reacts_to(ShareConfirmed)                          # in measurement/reactions.py
    def refresh_readings(fact: ShareConfirmed) -> None: ...

Reactions must be repeatable: the queue delivers at least once.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar, dataclass_transform

F = TypeVar("F")
Reaction = Callable[[Any], None]

_FACTS: dict[str, type] = {}
_REACTIONS: dict[str, dict[str, Reaction]] = defaultdict(dict)


def _name(thing: type | Reaction) -> str:
    return f"{thing.__module__}.{thing.__qualname__}"


@dataclass_transform(frozen_default=True, kw_only_default=True)
def fact(cls: type[F]) -> type[F]:
    """Declare a fact. Its fields must be JSON values."""
    frozen = dataclasses.dataclass(frozen=True, kw_only=True)(cls)
    _FACTS[_name(frozen)] = frozen
    return frozen


def reacts_to(kind: type) -> Callable[[Reaction], Reaction]:
    def register(reaction: Reaction) -> Reaction:
        _REACTIONS[_name(kind)][_name(reaction)] = reaction
        return reaction

    return register


def record(happened: object) -> None:
    """Store a job for each reaction, in the current transaction."""
    from genlyd.base.tasks import react  # the task module needs Django's app registry to be ready

    name = _name(type(happened))
    values = dataclasses.asdict(happened)  # type: ignore[call-overload]
    jobs = [{"fact": name, "reaction": reaction, "values": values} for reaction in _REACTIONS[name]]
    if jobs:
        react.batch_defer(*jobs)


def run(fact: str, reaction: str, values: dict[str, Any]) -> None:
    """What the worker does with a stored fact."""
    _REACTIONS[fact][reaction](_FACTS[fact](**values))
