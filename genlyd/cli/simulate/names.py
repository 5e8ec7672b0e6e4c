"""First names and surnames common in Denmark, some of them brought from elsewhere, as in any workplace."""

from pathlib import Path

_LISTS = Path(__file__).parent / "lists"
FIRST = tuple((_LISTS / "first-names.txt").read_text(encoding="utf-8").split())
LAST = tuple((_LISTS / "surnames.txt").read_text(encoding="utf-8").split())

_PLAIN = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "é": "e", "ı": "i", "ü": "u", " ": "."})


def address(name: str, domain: str, taken: set[str]) -> str:
    """An e-mail address that nobody has yet; it is added to `taken`."""
    first, _, last = name.lower().translate(_PLAIN).partition(".")
    stem = f"{first}.{last.replace('.', '-')}"
    found, number = f"{stem}@{domain}", 1
    while found in taken:
        number += 1
        found = f"{stem}{number}@{domain}"
    taken.add(found)
    return found
