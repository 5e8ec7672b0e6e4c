"""Settings from environment variables: typed, registered, and loud when wrong.

Every variable is read through one of these functions, which also read `NAME_FILE` (a path to a file that
holds the value, as Docker and systemd hand over secrets). `REGISTERED` knows every variable that was read,
so that a test can hold the reference page against it. No Django here: the redirect service reads it too.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


class BadSetting(Exception):
    """An environment variable cannot be used. The message names it and says what it takes."""


@dataclass(frozen=True)
class Variable:
    name: str
    kind: str
    default: str | None
    help: str


REGISTERED: dict[str, Variable] = {}


def _raw(name: str, kind: str, default: str | None, help: str) -> str | None:  # noqa: A002
    REGISTERED[name] = Variable(name, kind, default, help)
    value, path = os.environ.get(name), os.environ.get(f"{name}_FILE")
    if value is not None and path is not None:
        raise BadSetting(f"{name} and {name}_FILE are both set: keep one of them.")
    if path is not None:
        try:
            value = Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise BadSetting(f"{name}_FILE={path} cannot be read: {error.strerror}.") from error
    if value is None or value == "":
        return default
    return value


def text(name: str, default: str = "", *, help: str) -> str:  # noqa: A002
    return _raw(name, "text", default, help) or ""


def secret(name: str, *, help: str) -> str:  # noqa: A002
    """A value that must never be printed; empty when unset."""
    return _raw(name, "secret", None, help) or ""


def flag(name: str, default: bool, *, help: str) -> bool:  # noqa: A002, FBT001
    value = _raw(name, "yes or no", "yes" if default else "no", help)
    known = {
        "1": True,
        "true": True,
        "yes": True,
        "on": True,
        "0": False,
        "false": False,
        "no": False,
        "off": False,
    }
    try:
        return known[(value or "").lower()]
    except KeyError:
        raise BadSetting(f"{name}={value!r} is neither yes nor no.") from None


def number(name: str, default: int, *, least: int = 0, most: int = 2**31, help: str) -> int:  # noqa: A002
    value = _raw(name, "number", str(default), help)
    try:
        result = int(value or "")
    except ValueError:
        raise BadSetting(f"{name}={value!r} is not a whole number.") from None
    if not least <= result <= most:
        raise BadSetting(f"{name}={result} must be from {least} to {most}.")
    return result


def words(name: str, default: str = "", *, help: str) -> list[str]:  # noqa: A002
    value = _raw(name, "list, separated by commas", default, help) or ""
    return [word.strip() for word in value.split(",") if word.strip()]


def pairs(name: str, *, help: str) -> dict[str, str]:  # noqa: A002
    """`key=value, key=value` as a mapping."""
    value = _raw(name, "key=value, separated by commas", "", help) or ""
    result = {}
    for entry in value.split(","):
        key, equals, what = entry.strip().partition("=")
        if entry.strip() and not (key and equals and what):
            raise BadSetting(f"{name} holds {entry.strip()!r}, which is not key=value.")
        if what:
            result[key.strip()] = what.strip()
    return result


def counts(name: str, *, help: str) -> dict[str, int]:  # noqa: A002
    """`key=30, key=365` as a mapping; every count is one or more."""
    found = pairs(name, help=help)
    REGISTERED[name] = Variable(name, "key=number, separated by commas", "", help)
    for key, value in found.items():
        if not value.isascii() or not value.isdecimal() or not 1 <= int(value) <= 100_000:  # noqa: PLR2004
            raise BadSetting(f"{name} holds {key}={value}, which is not a whole number from 1 to 100000.")
    return {key: int(value) for key, value in found.items()}


def choice(name: str, default: str, options: tuple[str, ...], *, help: str) -> str:  # noqa: A002
    value = _raw(name, " or ".join(options), default, help) or default
    if value not in options:
        raise BadSetting(f"{name}={value!r} must be one of {', '.join(options)}.")
    return value
