"""The stated truths: what is really so in a simulated organisation. Read from a TOML file, refused loudly."""

from __future__ import annotations

import dataclasses
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

DEMO = Path(__file__).parent / "truths" / "demo.toml"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class BadTruths(Exception):
    """The file does not say what is needed; the message names the key."""


@dataclass(frozen=True, slots=True)
class Weighted:
    """A department or a location, and how many of the people belong to it (any scale)."""

    name: str
    weight: float
    parent: str = ""
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class People:
    taking_part: float
    signed_in: float
    leave_per_year: float
    withdraw_per_year: float


@dataclass(frozen=True, slots=True)
class Activity:
    """Shares per person and week: log-normal, so a few people share most."""

    median_per_week: float
    sigma: float
    at_most_per_week: int
    fading_per_month: float


@dataclass(frozen=True, slots=True)
class Audience:
    """Followers of a person's account: log-normal; visits grow with followers ** power."""

    median: float
    sigma: float
    power: float


@dataclass(frozen=True, slots=True)
class Visits:
    """Human first visits of one share: Poisson around a gamma, `noise` is the gamma's coefficient of variation."""

    per_share: float
    noise: float
    story_sigma: float
    median_hours: float
    sigma_hours: float
    repeat: float


@dataclass(frozen=True, slots=True)
class Effects:
    """Rate ratios on the human visits of a share. LinkedIn, no picture, not own words, Monday: 1."""

    picture_of_a_person: float
    own_words: float
    network: dict[str, float]
    weekday: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Habits:
    """How often a share has an attribute (the mean over people), and how far people differ from each other."""

    picture_of_a_person: float
    own_words: float
    between_people: float
    network: dict[str, float]
    weekday: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Bots:
    """`share` of all requests that no person made."""

    share: float
    floods: float


@dataclass(frozen=True, slots=True)
class Missing:
    unconfirmed: float
    followers_unknown: float
    figures_reported: float


@dataclass(frozen=True, slots=True)
class Truths:
    stories_per_week: float
    story_days: int
    people: People
    activity: Activity
    audience: Audience
    visits: Visits
    effects: Effects
    habits: Habits
    bots: Bots
    missing: Missing
    departments: tuple[Weighted, ...]
    locations: tuple[Weighted, ...]


T = TypeVar("T")
_SHARES = {
    "people": ("taking_part", "signed_in", "leave_per_year", "withdraw_per_year"),
    "habits": ("picture_of_a_person", "own_words"),
    "visits": ("repeat",),
    "bots": ("share", "floods"),
    "missing": ("unconfirmed", "followers_unknown", "figures_reported"),
}


def load(path: Path = DEMO) -> Truths:
    """Raises BadTruths, naming the key, for anything missing, unknown or out of range."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadTruths(f"{path}: {error}") from error
    return parse(data)


def parse(data: dict[str, Any]) -> Truths:
    for section, keys in _SHARES.items():
        for key in keys:
            value = data.get(section, {}).get(key, 0)
            if not isinstance(value, (int, float)) or not 0 <= value < 1:
                raise BadTruths(
                    f"{section}.{key} is a share: from 0 up to, not including, 1. It is {value!r}."
                )
    parts = {
        "people": _part(People, data, "people"),
        "activity": _part(Activity, data, "activity"),
        "audience": _part(Audience, data, "audience"),
        "visits": _part(Visits, data, "visits"),
        "effects": _part(Effects, data, "effects"),
        "habits": _part(Habits, data, "habits"),
        "bots": _part(Bots, data, "bots"),
        "missing": _part(Missing, data, "missing"),
        "departments": _weighted(data, "departments"),
        "locations": _weighted(data, "locations"),
    }
    truths = _build(Truths, {**data, **parts}, "")
    if set(truths.effects.network) != set(truths.habits.network):
        raise BadTruths("effects.network and habits.network must name the same networks.")
    return truths


def _part(kind: type[T], data: dict[str, Any], section: str) -> T:
    values = dict(data.get(section, {}))
    if "weekday" in values:
        days = values["weekday"]
        if set(days) != set(WEEKDAYS):
            raise BadTruths(f"{section}.weekday must name the seven days: {', '.join(WEEKDAYS)}.")
        values["weekday"] = tuple(float(days[day]) for day in WEEKDAYS)
    return _build(kind, values, section + ".")


def _build(kind: type[T], values: dict[str, Any], prefix: str) -> T:
    names = {field.name for field in dataclasses.fields(kind)}  # type: ignore[arg-type]
    for name in sorted(names - set(values)):
        raise BadTruths(f"{prefix}{name} is missing.")
    for name in sorted(set(values) - names):
        raise BadTruths(f"{prefix}{name} is not a truth the simulator knows.")
    for name, value in values.items():
        if isinstance(value, (int, float)) and value < 0:
            raise BadTruths(f"{prefix}{name} cannot be negative. It is {value!r}.")
    return kind(**values)


def _weighted(data: dict[str, Any], section: str) -> tuple[Weighted, ...]:
    rows = data.get(section) or []
    if not rows:
        raise BadTruths(f"[[{section}]] needs at least one entry.")
    return tuple(
        Weighted(
            name=row["name"],
            weight=float(row.get("weight", 1)),
            parent=row.get("parent", ""),
            titles=tuple(row.get("titles", ())),
        )
        for row in rows
    )
