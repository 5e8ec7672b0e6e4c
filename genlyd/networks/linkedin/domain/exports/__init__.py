"""The files that LinkedIn gives a member about themselves, read as what they are: somebody's upload.

`SinglePostAnalytics_….xlsx` and `AggregateAnalytics_….xlsx` (before 2026: `Content_….xlsx`) come from the pages of a
member's own statistics, `Shares.csv` from a copy of their data. LinkedIn documents none of the formats; sources are
people who read theirs (docs/operate/networks/linkedin.md names them). Texts, names and demographics are left unread.
"""

from genlyd.networks.linkedin.domain.exports.kinds import Export, Kind, Post, Unreadable
from genlyd.networks.linkedin.domain.exports.reading import MOST_BYTES, read

__all__ = ["MOST_BYTES", "Export", "Kind", "Post", "Unreadable", "read"]
