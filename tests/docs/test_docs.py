"""The documentation says what is true: commands exist, links lead somewhere, settings and dependencies are all told."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

from genlyd.cli import main

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", page.read_text()), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", FENCE.sub("", page.read_text())):
        if re.match(r"[a-z]+:", target):
            continue
        path, _hash, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), f"{target} is not there"
        if anchor and file.suffix == ".md":
            assert anchor in anchors(file), f"{target}: no such heading"


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_make_targets_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"`make ([a-z-]+)", page.read_text()))
    named |= set(re.findall(r"^(?:\$ )?make ([a-z-]+)", page.read_text(), re.MULTILINE))
    assert named <= targets


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_genlyd_verbs_and_flags_exist(page: Path) -> None:
    verbs = main._verbs()
    parser = main.parser(verbs)
    commands = re.findall(r"`genlyd ([^`]+)`", page.read_text())
    commands += re.findall(r"^(?:\$ |\S*/)?genlyd ([^#\n|&]+)", page.read_text(), re.MULTILINE)
    for command in commands:
        words = command.split()
        if words[0].startswith(("-", "<", "…", ".")) or not words[0].isalpha():
            continue
        assert words[0] in verbs, f"genlyd {command}"
        below = next(action for action in parser._subparsers._group_actions if action.choices)  # type: ignore[union-attr]
        known = below.choices[words[0]]._option_string_actions  # type: ignore[index,call-overload]
        for word in words[1:]:
            if word.startswith("--"):
                assert word.partition("=")[0].rstrip(".,") in known, f"genlyd {command}"


def _variables() -> dict[str, str | None]:
    """Name and, where it is written out, default of every variable the source reads."""
    found: dict[str, str | None] = {}
    for source in (ROOT / "genlyd").rglob("*.py"):
        if source.name == "env.py":
            continue
        for node in ast.walk(ast.parse(source.read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "env"
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                default = node.args[1] if len(node.args) > 1 else None
                value = default.value if isinstance(default, ast.Constant) else None
                words = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
                found[str(node.args[0].value)] = None if words is None else str(words)
    return found


def test_every_setting_is_told_with_its_default() -> None:
    rows = re.findall(
        r"^\| `([A-Z_]+)`[^|]*\| ([^|]*)\|", (ROOT / "docs/reference/settings.md").read_text(), re.MULTILINE
    )
    told = {name: default.strip().strip("`") for name, default in rows}
    variables = _variables()
    assert set(told) == set(variables)
    wrong = {name: value for name, value in variables.items() if value not in (None, "", told[name])}
    assert not wrong


def test_every_runtime_dependency_has_its_reason() -> None:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    names = {re.split(r"[\[><=;! ]", each)[0] for each in wanted}
    told = re.findall(
        r"^\| `([^`]+)` \| \S", (ROOT / "docs/explain/dependencies.md").read_text(), re.MULTILINE
    )
    assert sorted(told) == sorted(names)


def test_every_area_stands_in_the_structure() -> None:
    page = (ROOT / "docs/explain/structure.md").read_text()
    areas = {path.parent.name for path in (ROOT / "genlyd").glob("*/__init__.py")}
    assert {area for area in areas if f'{area}["' not in page} == set()


def test_decisions_are_numbered_and_dated() -> None:
    pages = sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))
    numbers = [int(page.name[:4]) for page in pages]
    assert numbers == sorted(set(numbers))
    for page in pages:
        lines = page.read_text().splitlines()
        assert lines[0].startswith("# "), page.name
        assert any(re.fullmatch(r"\d{4}-\d\d-\d\d", line) for line in lines[:6]), page.name
