"""What the makers of country files call a country."""

from __future__ import annotations

from collections.abc import Mapping

LETTERS = 2


def country_of(record: object) -> str:
    """`DK`, or "" where the record says none.

    MaxMind and DB-IP write {"country": {"iso_code": "DK"}}, IPinfo {"country_code": "DK"} or {"country": "DK"}.
    """
    if not isinstance(record, Mapping):
        return ""
    for said in (record.get("country"), record.get("country_code"), record.get("registered_country")):
        code = said.get("iso_code") if isinstance(said, Mapping) else said
        if isinstance(code, str) and len(code) == LETTERS and code.isascii() and code.isalpha():
            return code.upper()
    return ""
