"""Which version of LinkedIn's API is asked for, and until when it is served.

LinkedIn names a version each month and serves it for about a year; from then on every call is answered 426.
Sources: learn.microsoft.com/linkedin/marketing/versioning and …/integrations/migrations.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

#: The newest version that is known to serve posts, and when that was looked up.
DEFAULT = "202609"
CHECKED = date(2026, 11, 23)
#: Administrators are warned this long before the end.
WARN = timedelta(days=30)
#: The ends that LinkedIn has announced.
ANNOUNCED = {
    "202510": date(2026, 10, 15), "202511": date(2026, 11, 16), "202601": date(2027, 1, 15),
    "202602": date(2027, 2, 15), "202603": date(2027, 3, 16), "202604": date(2027, 4, 15),
}  # fmt: skip
#: Of the others it is the earliest day of the month that LinkedIn has used so far.
DAY = 15
_VERSION = re.compile(r"20[2-9]\d(0[1-9]|1[0-2])")


def is_version(text: str) -> bool:
    return _VERSION.fullmatch(text) is not None


def sunset(version: str) -> date:
    """The day after which the version is expected to answer 426. `version` is YYYYMM."""
    return ANNOUNCED.get(version) or date(int(version[:4]) + 1, int(version[4:]), DAY)


def ends_soon(version: str, today: date) -> bool:
    return today >= sunset(version) - WARN
