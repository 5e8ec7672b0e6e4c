"""The two workbooks with figures: of one post, and of a period."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from genlyd.networks.domain.figures import Metric
from genlyd.networks.linkedin.domain import urns
from genlyd.networks.linkedin.domain.exports.kinds import Export, Kind, Post, Unreadable
from genlyd.networks.linkedin.domain.exports.sheets import Cells
from genlyd.networks.linkedin.domain.exports.values import day, day_first, days_in, number

#: A file of one post: its labels, in English and in Danish.
_LABELS = {
    "impressions": Metric.IMPRESSIONS, "visninger": Metric.IMPRESSIONS, "eksponeringer": Metric.IMPRESSIONS,
    "members reached": Metric.REACHED, "unique views": Metric.REACHED, "medlemmer nået": Metric.REACHED,
    "nåede medlemmer": Metric.REACHED,
    "reactions": Metric.REACTIONS, "reaktioner": Metric.REACTIONS,
    "comments": Metric.COMMENTS, "kommentarer": Metric.COMMENTS,
    "reposts": Metric.RESHARES, "genopslag": Metric.RESHARES, "delinger": Metric.RESHARES,
    "saves": Metric.SAVES, "gemte": Metric.SAVES,
}  # fmt: skip
_ADDRESS = ("post url", "opslagets url", "url til opslag", "url-adresse til opslag")
_POSTED = ("post date", "post publish date", "publish date", "opslagsdato", "udgivelsesdato for opslag")
#: The columns of figures in the list of a period's posts.
_COLUMNS = {
    "engagements": Metric.ENGAGEMENTS, "engagement": Metric.ENGAGEMENTS, "engagementer": Metric.ENGAGEMENTS,
    "interaktioner": Metric.ENGAGEMENTS, **_LABELS,
}  # fmt: skip
#: LinkedIn lists at most fifty; a file with many more is none of theirs.
MOST_POSTS = 500


def of_workbook(sheets: Mapping[str, Cells]) -> Export:
    """Raises Unreadable when it is neither of the two."""
    for rows in sheets.values():
        if found := _one_post(rows):
            return Export(kind=Kind.POST, posts=(found,))
    first = day_first(
        text for rows in sheets.values() for row in rows for cell in row for text in days_in(cell)
    )
    posts = [post for rows in sheets.values() for post in _listed(rows, first=first)]
    if not posts and not any(_is_list(row) for rows in sheets.values() for row in rows):
        raise Unreadable("not_theirs")
    starts, ends = _period(sheets, first=first)
    followers, on = _followers(sheets, first=first)
    return Export(
        kind=Kind.PERIOD, posts=tuple(_merged(posts)), starts=starts, ends=ends, followers=followers,
        followers_on=on,
    )  # fmt: skip


def _one_post(rows: Cells) -> Post | None:
    """Labels in the first column, what they say in the second."""
    said = {row[0].lower(): row[1] for row in rows if len(row) > 1 and row[0] and row[1]}
    address = next((said[label] for label in _ADDRESS if label in said), "")
    urn = urns.of_address(address)
    if not urn:
        return None
    figures = {
        metric: value
        for label, metric in _LABELS.items()
        if label in said and (value := number(said[label])) is not None
    }
    posted = next((said[label] for label in _POSTED if label in said), "")
    return Post(address=address, urn=urn, day=day(posted, first=day_first([posted])), figures=figures)


def _is_list(row: list[str]) -> bool:
    return any(cell.lower() in _ADDRESS for cell in row)


def _listed(rows: Cells, *, first: bool) -> list[Post]:
    """Tables side by side: an address, a day, and one figure named by the head of its column."""
    head = next((at for at, row in enumerate(rows) if _is_list(row)), None)
    if head is None:
        return []
    starts = [at for at, cell in enumerate(rows[head]) if cell.lower() in _ADDRESS]
    found = []
    for row in rows[head + 1 :]:
        for at in starts:
            address, posted, value = [*row[at : at + 3], "", "", ""][:3]
            metric = _COLUMNS.get([*rows[head], "", "", ""][at + 2].lower())
            urn, counted = urns.of_address(address), number(value)
            if urn and metric:
                figures = {metric: counted} if counted is not None else {}
                found.append(Post(address=address, urn=urn, day=day(posted, first=first), figures=figures))
    return found[:MOST_POSTS]


def _merged(posts: list[Post]) -> list[Post]:
    """The same post stands in both tables, once with each figure."""
    together: dict[str, Post] = {}
    for post in posts:
        before = together.get(post.urn)
        figures = {**(before.figures if before else {}), **post.figures}
        together[post.urn] = Post(address=post.address, urn=post.urn, day=post.day, figures=figures)
    return list(together.values())


def _period(sheets: Mapping[str, Cells], *, first: bool) -> tuple[date | None, date | None]:
    """From "Overall Performance | 8/25/2026 - 11/22/2026"."""
    for rows in sheets.values():
        for row in rows[:3]:
            for cell in row:
                ends = days_in(cell)
                if len(ends) == 2:  # noqa: PLR2004
                    return day(ends[0], first=first), day(ends[1], first=first)
    return None, None


def _followers(sheets: Mapping[str, Cells], *, first: bool) -> tuple[int | None, date | None]:
    """From "Total followers on 11/22/2026: | 1,234"."""
    for rows in sheets.values():
        for row in rows[:3]:
            if len(row) > 1 and ("follower" in row[0].lower() or "følgere" in row[0].lower()):
                ends, counted = days_in(row[0]), number(row[1])
                if len(ends) == 1 and counted is not None:
                    return counted, day(ends[0], first=first)
    return None, None
