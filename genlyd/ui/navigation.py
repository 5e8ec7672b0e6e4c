"""Where one can go. Items are URL names; one whose page does not exist, or is not for this person, is not shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LEADS = ("lead", "administrator")
EDITORS = ("editor", *LEADS)
ADMINISTRATORS = ("administrator",)


@dataclass(frozen=True)
class Item:
    label: str | Promise
    url_name: str
    icon: str
    roles: tuple[str, ...] = ()
    href: str = ""
    current: bool = False


@dataclass(frozen=True)
class Group:
    """Items under a heading; `number` is the one of the five questions it belongs to."""

    title: str | Promise
    items: tuple[Item, ...]
    number: int | None = None


PARTICIPANT = (
    Item(_("Today"), "home:today", "house"),
    Item(_("Stories"), "content:library", "book-open"),
    Item(_("My posts"), "sharing:mine", "pen-line"),
    Item(_("Me"), "people:me", "user"),
)
LEAD = (
    Group("", (
        Item(_("Today"), "home:today", "house"),
        Item(_("Search"), "home:search", "search"),
        Item(_("Programmes"), "programmes:list", "target", LEADS),
        Item(pgettext_lazy("period overview", "The period"), "home:period", "compass", LEADS),
    )),
    Group(pgettext_lazy("question", "Who"), (Item(_("Colleagues"), "people:members", "users", LEADS),), 1),
    Group(pgettext_lazy("question", "What"), (
        Item(_("Calendar"), "plan:calendar", "calendar-days", EDITORS),
        Item(_("Stories"), "content:library", "book-open"),
        Item(_("To review"), "content:review", "inbox", EDITORS),
        Item(_("News feeds"), "content:feeds", "rss", EDITORS),
        Item(_("Links"), "links:house", "link", EDITORS),
    ), 2),
    Group(pgettext_lazy("question", "Rules"), (Item(_("Guidelines"), "rules:list", "scroll-text", EDITORS),), 3),
    Group(pgettext_lazy("question", "Measure"), (Item(_("Figures"), "measurement:board", "chart-line", EDITORS),), 4),
    Group(pgettext_lazy("question", "Go on"), (Item(_("Evaluation"), "evaluation:list", "scale", LEADS),), 5),
    Group(_("Set-up"), (
        Item(_("Organisation"), "people:organisation", "building-2", ADMINISTRATORS),
        Item(_("Networks"), "sharing:status", "share-2", ADMINISTRATORS),
        Item(_("Mail"), "notifications:mail", "mail", ADMINISTRATORS),
    )),
)  # fmt: skip


def address(url_name: str) -> str:
    """The address behind a name, or nothing while there is none (or it needs an argument)."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def shown(items: Iterable[Item], member: Any, path: str) -> list[Item]:
    resolved = [replace(item, href=address(item.url_name)) for item in items]
    allowed = [
        item
        for item in resolved
        if item.href and (not item.roles or (member and member.has_role(*item.roles)))
    ]
    under = [
        item.href
        for item in allowed
        if path == item.href or (item.href != "/" and path.startswith(item.href))
    ]
    nearest = max(under, key=len, default="")
    return [replace(item, current=bool(nearest) and item.href == nearest) for item in allowed]


class Navigation:
    """Resolved when a layout asks for it, so that other answers (parts, files) pay nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.member = getattr(request, "member", None)

    def participant(self) -> list[Item]:
        return shown(PARTICIPANT, self.member, self.request.path) if self.member else []

    def lead(self) -> list[Group]:
        if not self.member:
            return []
        every = shown([item for group in LEAD for item in group.items], self.member, self.request.path)
        by_name = {item.url_name: item for item in every}
        groups = [
            Group(
                group.title,
                tuple(by_name[i.url_name] for i in group.items if i.url_name in by_name),
                group.number,
            )
            for group in LEAD
        ]
        return [group for group in groups if group.items]

    def leads(self) -> bool:
        """The person has something to lead: the participant's pages then offer the way there."""
        return bool(self.member and self.member.has_role(*EDITORS))

    def lead_home(self) -> str:
        """The first page that only those who lead may see, and that this person may see too."""
        own = [item for group in LEAD for item in group.items if item.roles]
        return next((item.href for item in shown(own, self.member, self.request.path)), "")

    def me(self) -> str:
        return address("people:me")

    def sign_out(self) -> str:
        return address("account_logout")

    def sign_in(self) -> str:
        return address("account_login")
