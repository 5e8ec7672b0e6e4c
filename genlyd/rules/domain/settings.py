"""The shape of every rule's settings: JSON in the database, typed here. Unknown keys are ignored."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

DAY = 24 * 60


class BadSettings(ValueError):
    """Settings that no check could use. `key` is the message's key in rules.words."""

    def __init__(self, key: str, **args: object) -> None:
        super().__init__(key)
        self.key = key
        self.args_ = args


@dataclass(frozen=True)
class Phrase:
    phrase: str
    reason: str = ""
    mend: str = ""
    #: Also finds "klubben" when the phrase is "klub"; never "klubhus".
    inflected: bool = True


@dataclass(frozen=True)
class Phrases:
    phrases: tuple[Phrase, ...] = ()

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Phrases:
        rows = data.get("phrases", [])
        return cls(
            tuple(
                Phrase(
                    phrase=" ".join(str(row["phrase"]).split()),
                    reason=str(row.get("reason", "")),
                    mend=str(row.get("mend", "")),
                    inflected=bool(row.get("inflected", True)),
                )
                for row in rows
                if str(row.get("phrase", "")).strip()
            )
        )

    def write(self) -> dict[str, Any]:
        return {"phrases": [vars(phrase) for phrase in self.phrases]}


@dataclass(frozen=True)
class Frequency:
    #: Shares per person and calendar week, planned ones included.
    per_week: int = 3

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Frequency:
        value = int(data.get("per_week", cls.per_week))
        if not 1 <= value <= 50:  # noqa: PLR2004
            raise BadSettings("per_week_range")
        return cls(value)

    def write(self) -> dict[str, Any]:
        return {"per_week": self.per_week}


@dataclass(frozen=True)
class QuietSpan:
    """From `start` on `weekday` (0 = Monday), in minutes of the local clock. An end at or before the start is
    on the next day; start 0 and end 1440 is the whole day."""

    weekday: int
    start: int
    end: int

    def __post_init__(self) -> None:
        if not (0 <= self.weekday <= 6 and 0 <= self.start < DAY and 0 <= self.end <= DAY):  # noqa: PLR2004
            raise BadSettings("quiet_span_range")


@dataclass(frozen=True)
class QuietHours:
    spans: tuple[QuietSpan, ...] = ()

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> QuietHours:
        return cls(
            tuple(
                QuietSpan(int(row["weekday"]), minutes(row["start"]), minutes(row["end"]))
                for row in data.get("spans", [])
            )
        )

    def write(self) -> dict[str, Any]:
        return {
            "spans": [
                {"weekday": span.weekday, "start": clock(span.start), "end": clock(span.end)}
                for span in self.spans
            ]
        }


@dataclass(frozen=True)
class Disclosure:
    #: What the organisation is called, its own name first.
    names: tuple[str, ...] = ()
    #: Words that make the employment clear by themselves ("min arbejdsplads"), besides those we know.
    words: tuple[str, ...] = ()
    #: "Early": begins within so many characters, or in the first sentence.
    within: int = 100

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Disclosure:
        within = int(data.get("within", cls.within))
        if not 20 <= within <= 1000:  # noqa: PLR2004
            raise BadSettings("within_range")
        return cls(_texts(data.get("names", [])), _texts(data.get("words", [])), within)

    def write(self) -> dict[str, Any]:
        return {"names": list(self.names), "words": list(self.words), "within": self.within}


@dataclass(frozen=True)
class OwnWords:
    """metrics.md, section 4."""

    #: A run this long, in words, that also stands in a suggested text counts as taken over.
    run: int = 4
    least_own_share: float = 0.5
    least_own_run: int = 12

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> OwnWords:
        made = cls(
            int(data.get("run", cls.run)),
            float(data.get("least_own_share", cls.least_own_share)),
            int(data.get("least_own_run", cls.least_own_run)),
        )
        if made.run < 2 or not 0 <= made.least_own_share <= 1 or made.least_own_run < 1:  # noqa: PLR2004
            raise BadSettings("own_words_range")
        return made

    def write(self) -> dict[str, Any]:
        return dict(vars(self))


Settings = Phrases | Frequency | QuietHours | Disclosure | OwnWords
READERS: dict[str, type[Settings]] = {
    "phrases": Phrases,
    "frequency": Frequency,
    "quiet_hours": QuietHours,
    "disclosure": Disclosure,
    "own_words": OwnWords,
}


def read(kind: str, data: Mapping[str, Any]) -> Settings:
    """Raises BadSettings."""
    return READERS[kind].read(data)


def minutes(value: str) -> int:
    """ "21:30" -> 1290; "24:00" is the end of the day."""
    match = re.fullmatch(r"(\d{1,2})[:.](\d{2})", str(value).strip())
    if not match or int(match[2]) > 59:  # noqa: PLR2004
        raise BadSettings("clock_unreadable", value=value)
    result = int(match[1]) * 60 + int(match[2])
    if result > DAY:
        raise BadSettings("clock_unreadable", value=value)
    return result


def clock(value: int) -> str:
    return f"{value // 60:02d}:{value % 60:02d}"


def _texts(values: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(str(value).split()) for value in values if str(value).strip()))
