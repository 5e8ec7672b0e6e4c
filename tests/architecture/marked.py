"""Finds words a reader sees in a template that nobody can translate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from django.template.base import Lexer, Token, TokenType

from genlyd.ui.components.engine import COMPONENTS, Component

#: Attributes and props that hold words, whoever reads or hears them.
WORDS = {
    "alt", "aria-description", "aria-label", "aria-roledescription", "back-label", "cancel-label", "caption", "change",
    "confirm", "empty", "heading", "help", "hint", "hx-confirm", "kicker", "label", "legend", "message", "more", "note",
    "placeholder", "sentence", "submit", "text", "title", "unit", "word", "words",
}  # fmt: skip
#: Props of several words that are code.
CODED = {"autocomplete", "class"}
#: Blocks whose insides are translated, or are not shown.
SILENT = {"blocktranslate": "endblocktranslate", "blocktrans": "endblocktrans", "comment": "endcomment"}
#: Letters in one of these are code, not words.
CODE = {"script", "style", "code", "svg"}
_CLASS_BLOCK = re.compile(r"block \w+_(class|width)\b")
_NO_WORD = re.compile(r"&#?\w+;|https?://\S*|\b[\w.-]+\.(?:dk|example|org)\b")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_LITERAL = re.compile(r"""^(["'])(.*)\1$""")
_FILTERED = re.compile(r"""\|(?:default|default_if_none|yesno|pluralize):(["'])(.*?)\1""")


def has_words(text: str) -> bool:
    return bool(_LETTERS.search(_NO_WORD.sub(" ", text)))


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[tuple[int, str]] = []
        self.code = 0

    def note(self, text: str | None) -> None:
        # Line by line, so that a finding names the line it stands on.
        for number, line in enumerate((text or "").split("\n")):
            if has_words(line):
                self.found.append((self.getpos()[0] + number, " ".join(line.split())))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.code += tag in CODE
        read = set(WORDS)
        if tag == "input" and ("type", "submit") in attrs:
            read.add("value")
        if tag == "meta" and ("name", "description") in attrs:
            read.add("content")
        for name, value in attrs:
            if name in read:
                self.note(value)

    def handle_endtag(self, tag: str) -> None:
        self.code -= tag in CODE

    def handle_data(self, data: str) -> None:
        if not self.code:
            self.note(data)


def _is_sentence(component: Component | None, name: str, text: str) -> bool:
    """A prop that is none of the known ones, and reads like words: a capital first, or several words."""
    declared = component.props.get(name) if component and name not in CODED else None
    return declared is not None and not declared.choices and bool(re.search(r"^[^\W\d_a-zæøå]|\s", text))


def _of_filters(expression: str, *, in_tag: bool) -> Iterator[str]:
    for match in _FILTERED.finditer(expression):
        # Inside <…> it is a class or an id, unless it begins like a sentence.
        if not in_tag or match[2][:1].isupper():
            yield match[2]


def _of_tag(token: Token, *, in_tag: bool) -> Iterator[str]:
    """Plain literals where a template tag expects words."""
    tag, *bits = token.split_contents()
    if tag == "firstof" and "as" in bits:
        return
    component = COMPONENTS.get(tag)
    lead = list(component.lead) if component else []
    for bit in bits:
        name, is_named, value = ("", "", bit) if bit.startswith(("'", '"')) else bit.partition("=")
        if not is_named:
            name, value = (lead.pop(0) if lead else "", bit)
        literal = _LITERAL.match(value)
        if not literal:
            yield from _of_filters(value, in_tag=in_tag)
        elif name.replace("_", "-") in WORDS or tag == "firstof" or _is_sentence(component, name, literal[2]):
            yield literal[2]


def unmarked_in(source: str) -> list[tuple[int, str]]:
    """(line, words) of everything in this template that is neither translated nor code."""
    found: list[tuple[int, str]] = []
    html = ""
    silent_until = ""
    for token in Lexer(source).tokenize():
        if silent_until:
            # Line breaks stay, so that lines keep their numbers.
            html += "\n" * token.contents.count("\n")
            silent_until = "" if token.contents.split(" ")[0] == silent_until else silent_until
        elif token.token_type == TokenType.TEXT:
            html += token.contents
        elif token.token_type != TokenType.COMMENT:
            in_tag = html.rfind("<") > html.rfind(">")
            is_tag = token.token_type == TokenType.BLOCK
            words = _of_tag(token, in_tag=in_tag) if is_tag else _of_filters(token.contents, in_tag=in_tag)
            found += [(token.lineno or 0, text) for text in words if has_words(text)]
            if is_tag:
                silent_until = SILENT.get(token.contents.split()[0], "")
                silent_until = "endblock" if _CLASS_BLOCK.match(token.contents) else silent_until
    page = _Page()
    page.feed(html)
    page.close()
    return sorted(found + page.found)


def unmarked(path: Path) -> list[tuple[int, str]]:
    return unmarked_in(path.read_text(encoding="utf-8"))
