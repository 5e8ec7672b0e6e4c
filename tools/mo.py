"""Compile translations: a .mo beside every .po. Used by the build hook, `make setup` and the tests."""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_messages(root: Path) -> int:
    """Compile what is newer than its .mo below `root/genlyd`; return how many."""
    count = 0
    for po in sorted((root / "genlyd").rglob("*.po")):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime > po.stat().st_mtime:
            continue
        with po.open("rb") as source:
            catalog = read_po(source, locale=po.parent.parent.name)
        # Written aside and moved: a running server never reads half a file.
        aside = mo.with_suffix(".mo.new")
        with aside.open("wb") as target:
            write_mo(target, catalog)
        aside.replace(mo)
        count += 1
    return count


if __name__ == "__main__":
    compile_messages(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent)
