from __future__ import annotations

from genlyd.networks.linkedin.domain.exports import analytics, shares
from genlyd.networks.linkedin.domain.exports.kinds import Export, Unreadable
from genlyd.networks.linkedin.domain.exports.sheets import workbook

#: Of the upload itself.
MOST_BYTES = 5 * 1024 * 1024
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"


def read(content: bytes) -> Export:
    """Any of the three, told apart by what is in it and not by its name. Raises Unreadable."""
    if not content.strip():
        raise Unreadable("empty")
    if len(content) > MOST_BYTES:
        raise Unreadable("too_large")
    if content.startswith((_ZIP, _OLE)):
        return analytics.of_workbook(workbook(content))
    return shares.of_csv(content)
