"""Does a user agent look like a browser's at all? Programs seldom bother to, and lists never know all of them.

Every browser a person can click in today says `Mozilla/5.0 (system) engine ...`; so do the browsers inside apps.
Feature phones and browsers older than the web's short links are taken for programs: a cost we accept.
"""

from __future__ import annotations

import re

_BEGINS = ("Mozilla/", "Opera/", "UCWEB/")
#: Where to read about a robot. No browser links to its maker.
_ADDRESS = re.compile(r"https?://|www\.|[\w.+-]+@[\w-]+\.[a-z]{2,}(?![\w.])", re.IGNORECASE)
#: What robots call themselves since Internet Explorer, and a few browsers, did so.
_COMPATIBLE = re.compile(r"compatible; (?!msie|konqueror|google chrome|u; )", re.IGNORECASE)
_SYSTEM = re.compile(
    r"windows|macintosh|mac os|x11|linux|android|iphone|ipad|ipod|cros|tizen|web0s|webos|smart-?tv|kaios|bb10|"
    r"blackberry|playstation|nintendo|xbox|symbian|harmony|fuchsia|ubuntu|bsd|\((?:mobile|tablet); ",
    re.IGNORECASE,
)
#: What is kept of the browser of somebody who asked not to be followed: `Mozilla Gecko Firefox`.
_KEPT = re.compile(r"Mozilla(?: +[^ /()]+){2,} *")


def like_a_browser(user_agent: str) -> bool:
    return _KEPT.fullmatch(user_agent) is not None or (
        user_agent.startswith(_BEGINS)
        and _SYSTEM.search(user_agent) is not None
        and _COMPATIBLE.search(user_agent) is None
        and _ADDRESS.search(user_agent) is None
    )
