"""What Threads says beside Graph's common errors, and where that is from."""

from __future__ import annotations

from collections.abc import Mapping

from genlyd.networks.domain.outcome import Kind
from genlyd.networks.meta.domain.errors import QUOTA, REPEAT, Meaning

#: Of a container that could not be made ready: `error_message` (documented for video; "UNKNOWN" is seen of pictures).
SPOILT = Meaning(Kind.REJECTED, "picture_not_taken")
NOT_FETCHED = Meaning(Kind.REJECTED, "picture_unfetched")

MEANINGS: Mapping[str, Meaning] = {
    # "Media not found": seen of containers that were just made (LongevityWorldCup #466, postiz #2047).
    "24/4279009": REPEAT,
    "9/2207042": QUOTA,
    "1/2207052": NOT_FETCHED,
    "9004/2207052": NOT_FETCHED,
    "36000/2207004": Meaning(Kind.REJECTED, "picture_too_large"),
    "36001/2207005": SPOILT,
}
