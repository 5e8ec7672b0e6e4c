"""A list of people as CSV: read, held against who is already there, written. Pure; reasons are codes.

Reading is generous (encodings, separators, Danish or English headers), writing is one way: UTF-8 with BOM and
semicolons, which Excel in Denmark opens by double click.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 50_000
FIELDS = ("name", "email", "title", "department", "location", "role")
LONGEST = {"name": 120, "email": 254, "title": 120, "department": 120, "location": 120}
#: Between the names of a team's path: "Operations > Night shift".
PATH = " > "
_SEPARATORS = (";", ",", "\t")
_HEADERS = {
    "name": ("navn", "name", "fulde navn", "full name", "medarbejder", "employee"),
    "first": ("fornavn", "first name", "firstname", "given name", "fornavne"),
    "last": ("efternavn", "last name", "lastname", "surname", "family name"),
    "email": ("e-mail", "email", "mail", "e-mailadresse", "mailadresse", "email address", "e-mail address",
              "arbejdsmail"),
    "title": ("titel", "stilling", "title", "job title", "stillingsbetegnelse", "position"),
    "department": ("afdeling", "department", "team"),
    "location": ("lokation", "sted", "location", "arbejdssted", "site", "office"),
    "role": ("rolle", "role", "roller", "roles"),
}  # fmt: skip
_KNOWN = {word: name for name, words in _HEADERS.items() for word in words}
_ROLES = {
    "administrator": "administrator", "admin": "administrator",
    "lead": "lead", "programme lead": "lead", "program lead": "lead", "programleder": "lead", "leder": "lead",
    "editor": "editor", "redaktør": "editor",
    "participant": "participant", "deltager": "participant",
}  # fmt: skip
_EMAIL = re.compile(r"[^\s@<>()\[\],;:\"\\]{1,64}@(?:\w(?:[\w-]{0,61}\w)?\.)+\w[\w-]{0,61}\w")
#: Spreadsheets run a cell that starts with one of these.
_FORMULA = "=+-@\t\r"


class Unreadable(Exception):
    """The file as a whole cannot be read. `code` says why, `detail` what was found."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


@dataclass(frozen=True)
class Person:
    """What one row says. Empty means: says nothing about it."""

    name: str = ""
    email: str = ""
    title: str = ""
    department: str = ""
    location: str = ""
    role: str = ""


@dataclass(frozen=True)
class Row:
    #: The line of the file on which the row starts, from 1; the header is counted.
    line: int
    person: Person
    cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fault:
    """A row that cannot be imported: bad_email, no_email, no_name, too_long, unknown_role, twice, left, quotes."""

    line: int
    code: str
    detail: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    header: tuple[str, ...]
    separator: str
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]


def decode(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise Unreadable("too_large", str(MOST_BYTES // 1024 // 1024))
    try:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            text = content.decode("utf-16")
        else:
            text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError as error:
            raise Unreadable("encoding") from error
    if "\0" in text:
        raise Unreadable("not_text")
    if not text.strip():
        raise Unreadable("empty")
    return text


def read(content: bytes) -> Sheet:
    """Raises Unreadable."""
    text = decode(content)
    separator = _separator(text)
    lines = _rows(text, separator)
    header: tuple[str, ...] = ()
    for _line, cells, _fault in lines:
        if any(cell.strip() for cell in cells):
            header = cells
            break
    columns = [_KNOWN.get(_plain(name), "") for name in header]
    if "email" not in columns:
        raise Unreadable("no_email_column", ", ".join(name.strip() for name in header if name.strip())[:200])
    rows: list[Row] = []
    faults: list[Fault] = []
    first_line: dict[str, int] = {}
    for line, cells, broken in lines:
        if broken:
            faults.append(Fault(line, "quotes", "", cells))
            break
        if not any(cell.strip() for cell in cells):
            continue
        if len(rows) + len(faults) >= MOST_ROWS:
            raise Unreadable("too_many_rows", str(MOST_ROWS))
        person = _person(columns, cells)
        code, detail = _wrong(person)
        if not code and person.email in first_line:
            code, detail = "twice", str(first_line[person.email])
        if code:
            faults.append(Fault(line, code, detail, cells))
            continue
        first_line[person.email] = line
        rows.append(Row(line, replace(person, role=_ROLES.get(_plain(person.role), "")), cells))
    return Sheet(header, separator, tuple(rows), tuple(faults))


def _rows(text: str, separator: str) -> Iterator[tuple[int, tuple[str, ...], bool]]:
    """(line the row starts on, cells, quotes are broken)."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        starts_on = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield starts_on, (), True
            return
        yield starts_on, tuple(cells), False


def _separator(text: str) -> str:
    """The one by which most headers are known; a comma inside a title cannot mislead it."""

    def known(separator: str) -> int:
        for _line, cells, _broken in _rows(text, separator):
            if any(cell.strip() for cell in cells):
                return sum(_plain(cell) in _KNOWN for cell in cells)
        return 0

    return max(_SEPARATORS, key=known)


def _plain(word: str) -> str:
    return " ".join(word.replace("_", " ").replace("\ufeff", "").strip(" *:").split()).casefold()


def _person(columns: list[str], cells: tuple[str, ...]) -> Person:
    said: dict[str, str] = {}
    for column, cell in zip(columns, cells, strict=False):
        value = " ".join(unguarded(cell).split())
        if column and value:
            said.setdefault(column, value)
    parts = (said.get("first", ""), said.get("last", ""))
    return Person(
        name=said.get("name", "") or " ".join(part for part in parts if part),
        email=said.get("email", "").removeprefix("mailto:").casefold(),
        title=said.get("title", ""),
        department=team_path(said.get("department", "")),
        location=team_path(said.get("location", "")),
        role=said.get("role", ""),
    )


def _wrong(person: Person) -> tuple[str, str]:
    if not person.email:
        return "no_email", ""
    if len(person.email) > LONGEST["email"] or not _EMAIL.fullmatch(person.email):
        return "bad_email", person.email[:120]
    for name, longest in LONGEST.items():
        value = getattr(person, name)
        parts = value.split(PATH) if name in ("department", "location") else [value]
        if any(len(part) > longest for part in parts):
            return "too_long", name
    if person.role and _plain(person.role) not in _ROLES:
        return "unknown_role", person.role[:60]
    return "", ""


def team_path(value: str) -> str:
    """A team's path with one way of spacing: "A>B" and "A > B" are the same team."""
    return PATH.join(part for part in (" ".join(part.split()) for part in value.split(">")) if part)


# --- held against who is there --------------------------------------------------------------------------


@dataclass(frozen=True)
class Known:
    """A member as they are. `person.role` is not used: `roles` says all of them."""

    id: int
    person: Person
    roles: frozenset[str] = frozenset()
    has_left: bool = False


@dataclass(frozen=True)
class Change:
    row: Row
    known: Known
    #: {field: (as it is, as the file says)}
    fields: Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class Plan:
    new: tuple[Row, ...] = ()
    changed: tuple[Change, ...] = ()
    unchanged: tuple[Row, ...] = ()
    faults: tuple[Fault, ...] = ()


@dataclass
class TeamNames:
    """The paths of the teams there are; finds one by its whole path or, where that is clear, by its last name."""

    paths: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._whole = {path.casefold(): path for path in self.paths}
        self._last: dict[str, list[str]] = {}
        for path in self.paths:
            self._last.setdefault(path.split(PATH)[-1].casefold(), []).append(path)

    def canonical(self, value: str) -> str:
        found = self._whole.get(value.casefold())
        if found is not None:
            return found
        by_last = self._last.get(value.casefold(), [])
        return by_last[0] if len(by_last) == 1 else value


def plan(sheet: Sheet, known: Mapping[str, Known], departments: TeamNames, locations: TeamNames) -> Plan:
    """What importing would do. `known` is keyed by case-folded e-mail."""
    new, changed, unchanged, faults = [], [], [], list(sheet.faults)
    for read_row in sheet.rows:
        person = replace(
            read_row.person,
            department=departments.canonical(read_row.person.department),
            location=locations.canonical(read_row.person.location),
        )
        row = replace(read_row, person=person)
        there = known.get(person.email)
        if there is None:
            if person.name:
                new.append(row)
            else:
                faults.append(Fault(row.line, "no_name", "", row.cells))
        elif there.has_left:
            faults.append(Fault(row.line, "left", there.person.name, row.cells))
        elif fields := _differences(there, person):
            changed.append(Change(row, there, fields))
        else:
            unchanged.append(row)
    faults.sort(key=lambda fault: fault.line)
    return Plan(tuple(new), tuple(changed), tuple(unchanged), tuple(faults))


def _differences(there: Known, person: Person) -> dict[str, tuple[str, str]]:
    found = {
        name: (getattr(there.person, name), getattr(person, name))
        for name in ("name", "title", "department", "location")
        if getattr(person, name) and getattr(person, name) != getattr(there.person, name)
    }
    # A list of people gives roles; taking one away is done by hand, on the member's page.
    if person.role and person.role not in there.roles:
        found["role"] = ("", person.role)
    return found


# --- written --------------------------------------------------------------------------------------------


def guarded(value: str) -> str:
    """A cell that no spreadsheet runs as a formula; `unguarded` gives it back."""
    core = value.lstrip("'")
    return f"'{value}" if core and core[0] in _FORMULA else value


def unguarded(value: str) -> str:
    core = value.lstrip("'")
    return value[1:] if value.startswith("'") and core and core[0] in _FORMULA else value


def write(header: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow([guarded(name) for name in header])
    for row in rows:
        writer.writerow([guarded(value) for value in row])
    return target.getvalue().encode("utf-8-sig")
