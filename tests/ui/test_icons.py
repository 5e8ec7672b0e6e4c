"""Only the icons that are shown are kept, and every one that is named is there."""

import re
from pathlib import Path

from genlyd.ui.icons import names

ROOT = Path(__file__).resolve().parents[2] / "genlyd"
#: How templates name an icon: {% icon "x" %}, icon="x", icon_end="x", or one chosen before: {% firstof … as icon %}.
IN_TEMPLATES = re.compile(r"""\{% icon "([\w-]+)"|\bicon\w*="([\w-]+)"|"([\w-]+)" as \w*icon\b""")
#: Python hands names on through lists and tables, so there any whole string counts.
IN_PYTHON = re.compile(r"""["']([a-z0-9-]+)["']""")


def read(pattern: str) -> str:
    paths = [path for path in sorted(ROOT.rglob(pattern)) if "migrations" not in path.parts]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def in_templates() -> set[str]:
    return {next(filter(None, found)) for found in IN_TEMPLATES.findall(read("*.html"))}


def test_every_kept_icon_is_named_somewhere() -> None:
    assert sorted(set(names()) - in_templates() - set(IN_PYTHON.findall(read("*.py")))) == []


def test_every_icon_that_a_template_names_is_kept() -> None:
    assert sorted(in_templates() - set(names())) == []
