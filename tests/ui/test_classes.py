"""No rule without a use, no class without a rule: what keeps vanilla CSS from growing old."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "genlyd"
VARIABLE, TAG = "\0", "\1"
#: Set by htmx, by Django's widgets, or inside the charts' SVG.
FROM_OUTSIDE = re.compile(r"htmx-")
#: The small classes that the reference offers to pages, whether or not one uses them today.
OFFERED = {"prose", "nowrap", "quiet", "small", "number", "plain-box--wide"}


def texts(pattern: str, without: str = r"(?!)") -> str:
    paths = [path for path in ROOT.rglob(pattern) if not re.search(without, str(path))]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def templates() -> str:
    """All pages; not mail, whose classes have their rules beside them."""
    return re.sub(r"\{#.*?#\}", "", texts("*.html", without=r"/mail/|/ui/mail\.html$"))


def ruled() -> set[str]:
    css = re.sub(r"/\*.*?\*/|\"[^\"]*\"", "", texts("static/**/*.css"), flags=re.DOTALL)
    selectors = re.findall(r"([^{};]+)\{", css)
    return {name for selector in selectors for name in re.findall(r"\.(-?[a-z_][\w-]*)", selector)}


def written() -> tuple[set[str], set[str]]:
    """Class names in templates, whole, and the beginnings of those that end in a variable."""
    whole: set[str] = set()
    begun: set[str] = set()
    plain = re.sub(r"\{%.*?%\}", TAG, re.sub(r"\{\{.*?\}\}", VARIABLE, templates()))
    for value in re.findall(r'class="([^"]*)"', plain):
        for word in value.split():
            first, *others = word.split(TAG)
            # badge--{% if good %}good{% else %}bad{% endif %} names badge--good and badge--bad.
            names = [first + other for other in others if other] if first.endswith("-") else [first, *others]
            for name in filter(None, names):
                if VARIABLE in name:
                    begun.add(name.split(VARIABLE)[0])
                else:
                    whole.add(name)
    return whole, {name for name in begun if name}


def has_variants(name: str, rules: set[str]) -> bool:
    """`figure` itself may need no rule while `figure-value` and `figure--large` have theirs."""
    return any(rule.startswith(f"{name}-") for rule in rules)


def is_named(name: str, text: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text) is not None


def test_every_class_in_a_template_has_a_rule():
    whole, begun = written()
    rules, scripts = ruled(), texts("static/**/*.js", without="vendor")
    bare = {
        name
        for name in whole - rules
        if not has_variants(name, rules)
        and not any(name.startswith(start) for start in begun)
        and not is_named(name, scripts)
    }
    assert sorted(bare) == []


def test_every_rule_is_used():
    whole, begun = written()
    # Scripts set classes, Python gives them to widgets, icons carry their own, layouts name them in blocks.
    elsewhere = texts("static/**/*.js") + texts("*.py") + texts("*.svg") + templates()
    unused = {
        name
        for name in ruled() - whole - OFFERED
        if not any(name.startswith(start) for start in begun)
        and not is_named(name, elsewhere)
        and not FROM_OUTSIDE.match(name)
    }
    assert sorted(unused) == []
