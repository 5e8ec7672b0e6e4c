"""Translations without GNU gettext: `make messages` writes the catalogues, `make check` reads them.

One catalogue per area, `genlyd/<area>/locale/da/LC_MESSAGES/django.po`. Messages are sorted, and neither line
numbers nor dates are written, so that two people who add strings do not meet in a merge. English is the language
of the source and has no catalogue.

    python tools/messages.py write     collect messages, keep translations, drop what is gone, compile
    python tools/messages.py check     name every translation that is missing, fuzzy, or has wrong placeholders
"""

from __future__ import annotations

import io
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize
from mo import compile_messages

ROOT = Path(__file__).resolve().parent.parent
LANGUAGE = "da"
#: One plural rule and one charset, and nothing that changes by itself.
HEADER = """\
msgid ""
msgstr ""
"Language: da\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
NAMED = re.compile(r"(?<!%)(?:%%)*%\((\w+)\)|(?<!\{)\{(\w+)\}")

Key = tuple[str | None, str]


def _sources(area: Path) -> Iterator[tuple[Path, bytes]]:
    """Python files as they are; templates as the Python that Django makes of them."""
    for path in sorted(area.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, path.read_bytes()
    for pattern in ("*.html", "*.txt"):
        for path in sorted(area.glob(f"templates/**/{pattern}")):
            python = templatize(path.read_text(encoding="utf-8"), origin=str(path))
            # Template text becomes rows of X; its indentation would be a syntax error in Python.
            yield path, "\n".join(line.strip() for line in python.splitlines()).encode()


def _catalog(area: Path) -> Path:
    return area / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def _key(message: Message) -> Key:
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def collect(area: Path) -> Catalog:
    """Every message of the area, untranslated."""
    found = Catalog(locale=LANGUAGE, charset="utf-8")
    for path, source in _sources(area):
        for _line, messages, comments, context in extract(
            "python", io.BytesIO(source), keywords=KEYWORDS, comment_tags=("Translators:",)
        ):
            if not (messages[0] if isinstance(messages, tuple) else messages):
                raise SystemExit(f"{path}: an empty text is marked for translation.")
            found.add(messages, auto_comments=comments, context=context)
    return found


def read(area: Path) -> Catalog:
    path = _catalog(area)
    if not path.exists():
        return Catalog(locale=LANGUAGE, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE)


def merge(found: Catalog, known: Catalog) -> Catalog:
    """What is in the source, with the translations there are. Nothing is guessed from similar messages."""
    merged = Catalog(locale=LANGUAGE, charset="utf-8")
    old = {_key(message): message for message in known if message.id}
    for message in found:
        if not message.id:
            continue
        before = old.get(_key(message))
        same_shape = before is not None and bool(before.pluralizable) == bool(message.pluralizable)
        merged.add(
            message.id,
            before.string if before is not None and same_shape else None,
            auto_comments=message.auto_comments,
            user_comments=before.user_comments if before is not None else (),
            context=message.context,
            flags=(before.flags if before is not None else message.flags) & {"fuzzy"} | message.flags,
        )
    return merged


def render(catalog: Catalog) -> bytes:
    body = io.BytesIO()
    write_po(body, catalog, no_location=True, omit_header=True, sort_output=True, width=0)
    return HEADER.encode() + body.getvalue().strip() + b"\n"


def _names(text: str) -> set[str]:
    return {a or b for a, b in NAMED.findall(text)}


def _faults(message: Message) -> Iterator[str]:
    forms = message.string if isinstance(message.string, tuple) else (message.string,)
    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    if not forms or not all(forms):
        yield "has no Danish translation"
        return
    if message.fuzzy:
        yield "is marked fuzzy: read it, then remove the mark"
    # A singular may leave the number out ("One story"); it may not invent a placeholder.
    allowed, needed = set().union(*map(_names, ids)), _names(ids[-1])
    for number, form in enumerate(forms):
        extra = _names(form) - allowed
        lost = needed - _names(form) if number == len(forms) - 1 else set()
        if extra or lost:
            yield f"has other placeholders in Danish: {', '.join(sorted(extra | lost))}"
    for form in forms:
        if ids[0].endswith("\n") != form.endswith("\n"):
            yield "ends in a line break in one language only"


def _areas() -> list[Path]:
    return sorted(path for path in (ROOT / "genlyd").iterdir() if (path / "__init__.py").exists())


def write() -> int:
    for area in _areas():
        path, found = _catalog(area), merge(collect(area), read(area))
        if len(found):
            path.parent.mkdir(parents=True, exist_ok=True)
            text = render(found)
            if not path.exists() or path.read_bytes() != text:
                path.write_bytes(text)
            missing = sum(1 for message in found if message.id and any(_faults(message)))
            if missing:
                print(f"{path.relative_to(ROOT)}: {missing} to translate")
        elif path.exists():
            path.unlink()
            path.with_suffix(".mo").unlink(missing_ok=True)
    compile_messages(ROOT)
    return 0


def problems() -> list[str]:
    """One line per fault, empty when every catalogue is whole."""
    lines: list[str] = []
    said: dict[Key, dict[tuple[str, ...], list[str]]] = defaultdict(lambda: defaultdict(list))
    for area in _areas():
        found, known = collect(area), read(area)
        where = _catalog(area).relative_to(ROOT)
        keys = {_key(message) for message in found if message.id}
        for message in merge(found, known):
            if not message.id:
                continue
            faults = list(_faults(message))
            lines += [f"{where}: {_key(message)[1]!r} {fault}" for fault in faults]
            if not faults:
                forms = message.string if isinstance(message.string, tuple) else (message.string,)
                said[_key(message)][forms].append(area.name)
        lines += [
            f"{where}: {_key(message)[1]!r} is no longer in the source"
            for message in known
            if message.id and _key(message) not in keys
        ]
    # Django merges all catalogues into one, so two translations of one message would depend on chance.
    for (context, text), versions in sorted(said.items(), key=lambda item: item[0][1]):
        if len(versions) > 1:
            both = " and ".join(f"{forms[0]!r} in {', '.join(areas)}" for forms, areas in versions.items())
            lines.append(
                f"{text!r} (context {context}) is translated as {both}: agree, or give one a context"
            )
    return lines


def check() -> int:
    lines = problems()
    if lines:
        print("\n".join(lines))
        print(f"{len(lines)} problems with translations. `make messages` collects new texts.")
    return 1 if lines else 0


def main() -> int:
    verbs = {"write": write, "check": check}
    if len(sys.argv) != 2 or sys.argv[1] not in verbs:  # noqa: PLR2004
        print(__doc__)
        return 2
    # Just enough Django to read templates: no database, no installed apps.
    settings.configure(USE_I18N=True)
    django.setup()
    return verbs[sys.argv[1]]()


if __name__ == "__main__":
    raise SystemExit(main())
