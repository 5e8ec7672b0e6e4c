"""The reference of all components in Markdown, written from their declarations."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from genlyd.ui.components.engine import COMPONENTS, Component, Prop

PAGE = Path("docs/reference/components.md")
#: Everything above this line is written by hand; everything below is written by `write_components`.
MARK = "<!-- written from the declarations by `django write_components`; do not edit below -->"


def default_of(declared: Prop) -> str:
    if declared.required:
        return "**needed**"
    if declared.default in ("", None, ()):
        return ""
    return f"`{declared.default}`"


def row(declared: Prop) -> str:
    choices = ", ".join(f"`{choice}`" for choice in declared.choices)
    return f"| `{declared.name}` | {declared.about} | {choices} | {default_of(declared)} |"


def entry(component: Component) -> str:
    end = f" … `{{% {component.end} %}}`" if component.block else ""
    lines = [f"### `{{% {component.name} %}}`{end}", "", component.about, ""]
    if component.props:
        lines += ["| prop | what it is | choices | default |", "|---|---|---|---|"]
        lines += [row(declared) for declared in component.props.values()] + [""]
    notes = [
        (component.lead, "Without a name, in this order: "),
        (component.slots, "Slots: "),
        (tuple(f"{prefix}*" for prefix in component.passes), "Passed on to the element: "),
    ]
    for names, words in notes:
        if names:
            lines += [words + ", ".join(f"`{name}`" for name in names) + ".", ""]
    if component.example:
        lines += ["```django", component.example, "```", ""]
    return "\n".join(lines)


def reference() -> str:
    """Everything below MARK."""
    parts = []
    for title, components in groupby(COMPONENTS.values(), key=lambda component: component.group):
        parts += [f"## {title}\n", *map(entry, components)]
    return "\n".join(parts).rstrip() + "\n"


def page(before: str) -> str:
    """The page with its part by hand kept and its written part renewed."""
    return f"{before.split(MARK, maxsplit=1)[0].rstrip()}\n\n{MARK}\n\n{reference()}"
