"""Markdown as leads write it, made safe to show."""

from __future__ import annotations

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_TAGS = {"h2", "h3", "h4", "p", "ul", "ol", "li", "strong", "em", "a", "blockquote", "br", "hr", "code"}
_PARSER = MarkdownIt("commonmark", {"html": False})


def render(text: str) -> SafeString:
    """HTML of headings, paragraphs, lists, links and emphasis; everything else is taken out. A first-level heading
    becomes a second-level one: the page has its own."""
    html = _PARSER.render(text).replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    clean = nh3.clean(
        html, tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"https", "http", "mailto"},
        link_rel="noopener noreferrer",
    )  # fmt: skip
    return mark_safe(clean)  # noqa: S308 - nh3 has just cleaned it
