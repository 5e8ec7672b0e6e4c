"""What a page says about itself: Open Graph, Twitter, or plain HTML. Pure: bytes in, values out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from genlyd.content.domain.charset import decoded

_SPACE = re.compile(r"\s+")
_FEEDS = {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/json"}


@dataclass(frozen=True)
class Preview:
    """All texts on one line and cut to what we store; addresses absolute http(s) or empty."""

    title: str = ""
    description: str = ""
    site: str = ""
    canonical: str = ""
    picture: str = ""
    picture_alt: str = ""
    icon: str = ""


def read(body: bytes, content_type: str, url: str) -> Preview:
    """`url` is where the page came from: relative addresses in it are resolved against it or the page's own base."""
    tree = LexborHTMLParser(decoded(body, content_type))
    base = _base(tree, url)
    meta = _metas(tree)

    def first(*names: str) -> str:
        return next((meta[name] for name in names if meta.get(name)), "")

    def address(*names: str) -> str:
        return absolute(base, first(*names))

    heading = tree.css_first("h1")
    title = tree.css_first("head title")
    site = first("og:site_name", "application-name", "twitter:site").lstrip("@")
    return Preview(
        title=_line(
            first("og:title", "twitter:title")
            or (title.text() if title else "")
            or (heading.text() if heading else ""),
            300,
        ),
        description=_line(first("og:description", "twitter:description", "description"), 1000),
        site=_line(site or (urlsplit(url).hostname or "").removeprefix("www."), 200),
        canonical=_link(tree, base, "canonical"),
        picture=address(
            "og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src"
        ),
        picture_alt=_line(first("og:image:alt", "twitter:image:alt"), 1000),
        icon=_link(tree, base, "apple-touch-icon", "icon", "shortcut icon"),
    )


def feeds_in(body: bytes, content_type: str, url: str) -> list[str]:
    """Feeds that the page points to, in its order, without comment feeds unless there is nothing else."""
    tree = LexborHTMLParser(decoded(body, content_type))
    base = _base(tree, url)
    found: list[tuple[bool, str]] = []
    for link in tree.css("link[href]"):
        rel = (link.attributes.get("rel") or "").lower().split()
        kind = (link.attributes.get("type") or "").lower().partition(";")[0].strip()
        target = absolute(base, link.attributes.get("href") or "")
        if (
            "alternate" in rel
            and kind in _FEEDS
            and target
            and (kind != "application/json" or "feed" in target)
        ):
            comments = "comment" in f"{target} {link.attributes.get('title') or ''}".lower()
            found.append((comments, target))
    return list(dict.fromkeys(target for _comments, target in sorted(found, key=lambda pair: pair[0])))


def absolute(base: str, address: str) -> str:
    """The address seen from `base`, or empty if it is no http(s) address."""
    try:
        joined = urljoin(base, address.strip()) if address.strip() else ""
        parts = urlsplit(joined)
    except ValueError:
        return ""
    return joined if parts.scheme in {"http", "https"} and parts.netloc and len(joined) <= 2000 else ""  # noqa: PLR2004


def _base(tree: LexborHTMLParser, url: str) -> str:
    node = tree.css_first("base[href]")
    return (absolute(url, node.attributes.get("href") or "") if node else "") or url


def _metas(tree: LexborHTMLParser) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        name = (node.attributes.get("property") or node.attributes.get("name") or "").strip().lower()
        content = (node.attributes.get("content") or "").strip()
        if name and content:
            found.setdefault(name, content)
    return found


def _link(tree: LexborHTMLParser, base: str, *rels: str) -> str:
    for wanted in rels:
        for node in tree.css("link[rel][href]"):
            rel = (node.attributes.get("rel") or "").lower()
            if rel == wanted or wanted in rel.split():
                target = absolute(base, node.attributes.get("href") or "")
                if target:
                    return target
    return ""


def _text(node: LexborNode | None) -> str:
    return node.text().strip() if node else ""


def _line(text: str, most: int) -> str:
    line = _SPACE.sub(" ", text.replace("\x00", "")).strip()
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
