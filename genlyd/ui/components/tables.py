"""Tables: sorted, paged, searched."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page
from django.http import QueryDict
from django.template.context import Context

from genlyd.ui.components.engine import declare, prop

GROUP = "Tables and lists"


def query_of(context: Context) -> QueryDict:
    request = context.get("request") or getattr(context, "request", None)
    return request.GET.copy() if request else QueryDict(mutable=True)


def pages_parts(values: dict[str, Any], context: Context) -> dict[str, Any]:
    page: Page = values["page"]
    query = query_of(context)

    def address(number: int) -> str:
        query[values["param"]] = str(number)
        return f"?{query.urlencode()}"

    numbers = [
        {
            "number": number,
            "href": address(number) if isinstance(number, int) else "",
            "current": number == page.number,
        }
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    return {
        "numbers": numbers,
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "following": address(page.next_page_number()) if page.has_next() else "",
    }


def sortable_parts(values: dict[str, Any], context: Context) -> dict[str, Any]:
    query = query_of(context)
    now = query.get(values["param"], values["default"])
    key = values["key"]
    state = "ascending" if now == key else "descending" if now == f"-{key}" else "none"
    query[values["param"]] = f"-{key}" if state == "ascending" else key
    query.pop("page", None)
    return {"state": state, "href": f"?{query.urlencode()}"}


declare(
    "table",
    "A table; children are thead and tbody. Scrolls sideways by itself where it is too wide; kind=cards turns rows into"
    " cards on phones (give each td a data-label).",
    prop("label", "What the table holds (caption for screen readers)."),
    prop("kind", "On phones: scroll or cards.", "scroll", choices=("scroll", "cards")),
    group=GROUP, block=True, lead=("label",), passes=("hx-", "data-"),
    example='{% table "Colleagues" kind="cards" %}<thead><tr>{% sortable "name" "Name" default="name" %}'
    '<th scope="col">Team</th>{% sortable "shares" "Shares" numeric=True %}</tr></thead><tbody>'
    '<tr><td data-label="Name">Ida Lund</td><td data-label="Team">Finance</td>'
    '<td data-label="Shares" class="number">12</td></tr></tbody>{% endtable %}',
)  # fmt: skip
declare(
    "sortable",
    "A table header that sorts: a link with ?sort=key or ?sort=-key. The view reads it from a list of allowed keys.",
    prop("key", "What the view sorts by."),
    prop("label", "The header."),
    prop("default", "The key sorted by when nothing is chosen.", ""),
    prop("param", "Name in the address.", "sort"),
    prop("numeric", "The column holds numbers.", default=False),
    group=GROUP, lead=("key", "label"), prepare=sortable_parts,
    example='{% table "Example" %}<thead><tr>{% sortable "name" "Name" default="name" %}</tr></thead>{% endtable %}',
)  # fmt: skip
declare(
    "pages",
    "Page by page. Shows nothing while there is only one.",
    prop("page", "Django's Page."),
    prop("param", "Name in the address.", "page"),
    group=GROUP, lead=("page",), prepare=pages_parts,
    example="{% pages demo_page %}",
)  # fmt: skip
declare(
    "filters",
    "A GET form above a list: search and choices as children; a submit button is there for those without JavaScript.",
    prop("search", "Name of the search field; leave out for none.", ""),
    prop("value", "What is searched for now.", ""),
    prop("label", "What is searched (label and placeholder).", ""),
    prop("action", "Where it asks.", ""),
    group=GROUP, block=True, passes=("hx-", "data-"),
    example='{% filters search="q" label="Search colleagues" %}{% endfilters %}',
)  # fmt: skip
