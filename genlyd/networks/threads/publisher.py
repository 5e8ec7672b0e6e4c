"""Posting to Threads: a container of words with a link, or of a picture that Threads fetches from us."""

from __future__ import annotations

from dataclasses import dataclass

from genlyd.networks.calls import Answer
from genlyd.networks.contract import Parcel
from genlyd.networks.domain.outcome import Failed, Kind, Outcome
from genlyd.networks.meta.containers import ContainerPublisher
from genlyd.networks.threads.domain.errors import SPOILT

#: What Threads takes as the description of a picture.
LONGEST_ALT = 1000


@dataclass(kw_only=True)
class ThreadsPublisher(ContainerPublisher):
    def filled(self, parcel: Parcel) -> dict[str, str]:
        # Never auto_publish_text: it would make the two steps one that cannot be repeated.
        if parcel.picture:
            if not parcel.picture.public_url:
                raise Failed(Outcome(kind=Kind.REJECTED, problem="not_reachable"))
            form = {"media_type": "IMAGE", "text": parcel.text, "image_url": parcel.picture.public_url}
            return form | ({"alt_text": parcel.picture.alt[:LONGEST_ALT]} if parcel.picture.alt else {})
        form = {"media_type": "TEXT", "text": parcel.text}
        return form | ({"link_attachment": parcel.card.url} if parcel.card else {})

    def spoilt(self, answer: Answer) -> Outcome:
        said = answer.text("error_message")[:200]
        return Outcome(kind=SPOILT.kind, problem=SPOILT.problem, error=said, response=answer.raw)
