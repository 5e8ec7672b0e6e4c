"""The files LinkedIn gives its members, made as LinkedIn makes them: every cell a text."""

from __future__ import annotations

import io
from collections.abc import Iterable

from openpyxl import Workbook


def workbook(sheets: dict[str, Iterable[Iterable[object]]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def period(
    posts: Iterable[tuple[str, str, object, object]],
    *,
    window: str = "8/25/2026 - 11/22/2026",
    followers: str = "1,234",
) -> bytes:
    """`posts`: (address, day, engagements, impressions), the same in both tables."""
    listed = list(posts)
    head = [
        "Post URL",
        "Post publish date",
        "Engagements",
        None,
        "Post URL",
        "Post publish date",
        "Impressions",
    ]
    # The two tables are ranked apart, so a post stands on another line in each.
    pairs = zip(listed, reversed(listed), strict=True)
    return workbook(
        {
            "DISCOVERY": [["Overall Performance", window], ["Impressions", "5,120"], ["Members reached", "2,001"]],
            "ENGAGEMENT": [["Date", "Impressions", "Engagements"], ["9/14/2026", "12", "1"]],
            "TOP POSTS": [
                ["Maximum of 50 posts available to include in this list"],
                [],
                head,
                *([one[0], one[1], one[2], None, two[0], two[1], two[3]] for one, two in pairs),
            ],
            "FOLLOWERS": [
                ["Total followers on 11/22/2026:", followers], [], ["Date", "New followers"], ["9/14/2026", "1"],
            ],
            "DEMOGRAPHICS": [["Top Demographics", "Value", "Percentage"], ["Job title", "Engineer", "< 1%"]],
        }
    )  # fmt: skip


def one_post(address: str, **said: str) -> bytes:
    labels = {"Post URL": address, "Post Date": "Nov 9, 2026", "Post Publish Time": "8:02 AM", **said}
    return workbook(
        {
            "PERFORMANCE": [[label, value] for label, value in labels.items()],
            "TOP DEMOGRAPHICS": [["Category", "Value", "%"], ["Company", "Fjordkraft", "12%"]],
        }
    )


def shares_csv(rows: Iterable[tuple[str, str, str, str]]) -> bytes:
    """`rows`: (date, link, text, shared url). Written in LinkedIn's own manner of quoting."""
    lines = ["Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility"]
    for at, link, text, shared in rows:
        # Every line of the text in quotation marks of its own, and those inside doubled; then the field as CSV.
        inner = '"' + '"\n"'.join(line.replace('"', '""') for line in text.split("\n")) + '"'
        lines.append(f'{at},{link},"{inner.replace(chr(34), chr(34) * 2)}",{shared},,MEMBER_NETWORK')
    return ("\n".join(lines) + "\n").encode()
