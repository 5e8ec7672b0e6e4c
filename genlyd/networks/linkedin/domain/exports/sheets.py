"""A workbook as plain cells. Whoever made it may mean harm: its parts are looked at before it is read."""

from __future__ import annotations

import io
import warnings
import zipfile
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook

from genlyd.networks.linkedin.domain.exports.kinds import Unreadable

#: Unpacked; LinkedIn's largest is a few hundred kilobytes.
MOST_UNPACKED = 20 * 1024 * 1024
MOST_PARTS = 100
#: Beginnings and ends of elements in all parts together: each costs time and a kilobyte of memory to read, and forty
#: kilobytes of packed file can hold millions of them.
MOST_TAGS = 120_000
MOST_SHEETS = 12
#: A year of days and fifty posts need far less.
MOST_ROWS = 2_000
MOST_COLUMNS = 12
LONGEST_CELL = 2_000
#: Up to here a float counts in ones.
WHOLE = 1e15
#: What Excel writes a workbook as that asks for a password.
_OLE = b"\xd0\xcf\x11\xe0"

Cells = list[list[str]]


def workbook(content: bytes) -> dict[str, Cells]:
    """{sheet: rows of text}. Numbers and days become text as LinkedIn writes them. Raises Unreadable."""
    if content.startswith(_OLE):
        raise Unreadable("password")
    try:
        _inspect(content)
        with warnings.catch_warnings():
            # About styles and extensions that nobody here asks for.
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        return {sheet.title: _cells(sheet) for sheet in book.worksheets[:MOST_SHEETS]}
    except Unreadable:
        raise
    except Exception as error:
        # A broken workbook makes zipfile, the XML parser and openpyxl fail in as many ways as there are to break one.
        raise Unreadable("not_a_file") from error


def _inspect(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = packed.infolist()
        if len(parts) > MOST_PARTS:
            raise Unreadable("too_large")
        left, tags = MOST_UNPACKED, 0
        for part in parts:
            if part.flag_bits & 1:
                raise Unreadable("password")
            # The size in the directory is what the sender claims; so it is counted.
            with packed.open(part) as file:
                data = file.read(left + 1)
            left -= len(data)
            tags += data.count(b"<")
            if left < 0 or tags > MOST_TAGS:
                raise Unreadable("too_large")
            # Entities are how a small file becomes a large one, or reads another; no workbook needs any.
            if b"<!DOCTYPE" in data.replace(b"\x00", b""):
                raise Unreadable("not_a_file")


def _cells(sheet: Any) -> Cells:
    # The size a sheet claims for itself may be wrong or missing.
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)
    return [[_text(value) for value in row[:MOST_COLUMNS]] for row in rows]


def _text(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < WHOLE:
        value = int(value)
    return " ".join(str(value)[:LONGEST_CELL].split())
