"""What one says to a person: a notice. Areas describe theirs in `notices.py` and hand them to `notify`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

Words = str | Promise | Callable[[], str]


@dataclass(frozen=True, kw_only=True)
class NoticeKind:
    """A sort of notice a member can switch off by itself."""

    name: str
    #: What the switch says, as a lazy translation: "When a colleague asks you to read a draft".
    label: Promise | str


@dataclass(frozen=True, kw_only=True)
class Notice:
    """One message to one member.

    `kind`      a dotted name ("measurement.numbers_shared"). If it was declared with `declare`, the member can
                switch it off and the mail carries List-Unsubscribe; otherwise it is always sent.
    `subject`   words. NOT `gettext_lazy("... %(x)s") % {...}`, which is translated where it is written: pass a
                function (`lambda: _("Hello %(x)s") % {...}`), called in the member's language.
    `template`  without ending: `<template>.html` (extends "ui/mail.html") and `<template>.txt` are rendered.
    `context`   for both, besides `member`, `organisation`, `subject`, `site_url`.
    `pictures`  {content id: PNG bytes}, shown with <img src="cid:<content id>">.
    """

    kind: str
    subject: Words
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    pictures: Mapping[str, bytes] = field(default_factory=dict)


_KINDS: dict[str, NoticeKind] = {}


def declare(name: str, label: Promise | str) -> str:
    """Make a kind of notice known, so that members can switch it off. Returns its name."""
    _KINDS[name] = NoticeKind(name=name, label=label)
    return name


def declared() -> list[NoticeKind]:
    return sorted(_KINDS.values(), key=lambda kind: kind.name)


def is_declared(name: str) -> bool:
    return name in _KINDS
