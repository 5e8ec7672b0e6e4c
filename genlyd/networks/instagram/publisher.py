"""Posting to Instagram: always a picture, which Instagram fetches from us as a JPEG."""

from __future__ import annotations

from dataclasses import dataclass

from genlyd.networks.calls import Answer
from genlyd.networks.contract import Parcel
from genlyd.networks.domain.outcome import Failed, Kind, Outcome
from genlyd.networks.domain.shape import fits
from genlyd.networks.instagram.domain import errors
from genlyd.networks.meta.containers import ContainerPublisher
from genlyd.networks.models import Account

#: What Instagram takes as the description of a picture.
LONGEST_ALT = 1000
#: The narrowest and the widest picture, as width divided by height.
SHAPES = (4 / 5, 1.91)


@dataclass(kw_only=True)
class InstagramPublisher(ContainerPublisher):
    def filled(self, parcel: Parcel) -> dict[str, str]:
        picture = parcel.picture
        if picture is None:
            raise _refused("picture_missing")
        if not picture.public_url:
            raise _refused("not_reachable")
        if not fits(picture.width / picture.height, SHAPES):
            raise _refused("picture_shape")
        form = {"image_url": picture.public_url, "caption": parcel.text}
        return form | ({"alt_text": picture.alt[:LONGEST_ALT]} if picture.alt else {})

    def spoilt(self, answer: Answer) -> Outcome:
        said = answer.text("status")
        found = errors.spoilt(said)
        return Outcome(kind=found.kind, problem=found.problem, error=said[:200], response=answer.raw)

    def delete(self, account: Account, remote_id: str) -> Outcome:  # noqa: ARG002
        """Instagram has no call for it; the pages offer none."""
        return Outcome(kind=Kind.REJECTED, problem="not_accepted", error="no deletion by API")


def _refused(problem: str) -> Failed:
    return Failed(Outcome(kind=Kind.REJECTED, problem=problem))
