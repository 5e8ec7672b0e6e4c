"""What Instagram says beside Graph's common errors (its table of error codes, read 2026-11-23)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from genlyd.networks.domain.outcome import Kind
from genlyd.networks.meta.domain.errors import A_DAY, MAKING, QUOTA, REPEAT, Meaning


def _no(problem: str) -> Meaning:
    return Meaning(Kind.REJECTED, problem)


#: By code and subcode. Those about videos, carousels, products and people in the picture cannot happen to us; they
#: stand here because a "no" to what is sent is a "no" all the same.
MEANINGS: Mapping[str, Meaning] = {
    "-2/2207003": Meaning(Kind.NOT_SENT, "picture_unfetched"),
    "-2/2207020": REPEAT,
    "-1/2207001": REPEAT,
    "-1/2207032": REPEAT,
    "-1/2207053": REPEAT,
    "1/2207057": _no("not_accepted"),
    "4/2207051": Meaning(Kind.WAIT, "blocked", A_DAY),
    "9/2207042": QUOTA,
    "24/2207006": REPEAT,
    "24/2207008": REPEAT,
    "25/2207050": Meaning(Kind.RECONNECT, "restricted"),
    "100/2207023": _no("not_accepted"),
    "100/2207028": _no("not_accepted"),
    "100/2207035": _no("not_accepted"),
    "100/2207036": _no("not_accepted"),
    "100/2207037": _no("not_accepted"),
    "100/2207040": _no("too_many_names"),
    "352/2207026": _no("picture_not_taken"),
    "9004/2207052": _no("picture_unfetched"),
    "9007/2207027": MAKING,
    "36000/2207004": _no("picture_too_large"),
    "36001/2207005": _no("picture_not_taken"),
    "36003/2207009": _no("picture_shape"),
    "36004/2207010": _no("caption_too_long"),
}
_SUBCODE = re.compile(r"\b2207\d{3}\b")
_BY_SUBCODE = {key.partition("/")[2]: meaning for key, meaning in MEANINGS.items()}


def spoilt(status: str) -> Meaning:
    """Why a container became an error, from the sentence in its `status`, which names a subcode."""
    for subcode in _SUBCODE.findall(status):
        found = _BY_SUBCODE.get(subcode)
        if found and found.kind is Kind.REJECTED:
            return found
    return _no("picture_not_taken")
