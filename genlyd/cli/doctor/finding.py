from __future__ import annotations

import textwrap
from dataclasses import dataclass
from enum import IntEnum


class Grade(IntEnum):
    WELL = 0
    #: Works, but somebody should know.
    NOTE = 1
    #: Does not work, or is not safe.
    BAD = 2


MARKS = {Grade.WELL: "ok  ", Grade.NOTE: "note", Grade.BAD: "BAD "}


@dataclass(frozen=True)
class Finding:
    grade: Grade
    about: str
    what: str
    mend: str = ""

    def render(self) -> str:
        line = f"{MARKS[self.grade]}  {self.about}: {self.what}"
        return line + ("\n" + textwrap.indent(self.mend, "      -> ") if self.mend else "")


def well(about: str, what: str) -> Finding:
    return Finding(Grade.WELL, about, what)


def note(about: str, what: str, mend: str) -> Finding:
    return Finding(Grade.NOTE, about, what, mend)


def bad(about: str, what: str, mend: str) -> Finding:
    return Finding(Grade.BAD, about, what, mend)
