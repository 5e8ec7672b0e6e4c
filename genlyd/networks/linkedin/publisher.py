"""Posting to LinkedIn: no key of ours, no reading back. So the call is made once, and doubt goes to the person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from genlyd.base import clock
from genlyd.networks.calls import Answer
from genlyd.networks.contract import Parcel, Picture
from genlyd.networks.domain.outcome import Failed, Kind, Look, Outcome, Sight
from genlyd.networks.domain.quota import Call
from genlyd.networks.linkedin import api, pictures
from genlyd.networks.linkedin.domain import post, urns
from genlyd.networks.models import Account

CREATED = 201
GONE = 404
#: For this long after an upload, a refusal that names the picture may mean that it is not ready.
PICTURE_WAIT = timedelta(minutes=10)
PICTURE_AGAIN = timedelta(seconds=30)


class LinkedInPublisher:
    read_timeout = 60.0

    def prepare(
        self, account: Account, parcel: Parcel, done: dict[str, Any], keep: Callable[[], None]
    ) -> None:
        api.usable_app(account)
        api.token_of(account)
        if "record" in done:
            return
        if parcel.picture and "picture" not in done:
            self._upload(account, parcel.picture, done, "picture")
            keep()
        thumb = parcel.card.picture if parcel.card and not parcel.picture else None
        if thumb and "thumb" not in done:
            self._thumbnail(account, thumb, done)
            keep()
        done["key"] = parcel.key
        done["record"] = _body(account, parcel, done)
        keep()

    def _upload(self, account: Account, picture: Picture, done: dict[str, Any], name: str) -> None:
        done[name] = pictures.upload(account, picture, read_seconds=self.read_timeout)
        done["uploaded_at"] = clock.now().isoformat()

    def _thumbnail(self, account: Account, picture: Picture, done: dict[str, Any]) -> None:
        """A card without a picture is a card; a refused one must not keep the words back."""
        try:
            self._upload(account, picture, done, "thumb")
        except Failed as failed:
            if failed.outcome.kind is not Kind.REJECTED:
                raise
            done["thumb"] = ""

    def request(self, done: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        """`post` is the exact body; the rest helps to read a refusal. The version may change between attempts."""
        return str(done["key"]), {"post": done["record"], "uploaded_at": done.get("uploaded_at", "")}

    def send(self, account: Account, body: Mapping[str, Any]) -> Outcome:
        answer = api.ask(
            account, "POST", "/rest/posts", json_body=dict(body["post"]), read_seconds=self.read_timeout
        )
        urn = answer.headers.get("x-restli-id", "")
        if answer.status == CREATED and urns.is_post(urn):
            return Outcome(
                kind=Kind.PUBLISHED, remote_id=urn, permalink=urns.permalink(urn), status=answer.status,
                response=answer.raw,
            )  # fmt: skip
        if answer.ok:
            return Outcome(
                kind=Kind.UNKNOWN, problem="unconfirmed", status=answer.status, error="no x-restli-id",
                response=answer.raw,
            )  # fmt: skip
        return _picture_not_ready(answer, body) or api.judged(account, answer)

    def look(self, account: Account, body: Mapping[str, Any], *, since: datetime, now: datetime) -> Look:  # noqa: ARG002
        return Look(sight=Sight.UNREADABLE, error="LinkedIn lets nobody read a member's posts")

    def delete(self, account: Account, remote_id: str) -> Outcome:
        answer = api.ask(
            account, "DELETE", f"/rest/posts/{quote(remote_id, safe='')}", restli_method="DELETE", counts=Call.DELETE,
            read_seconds=self.read_timeout,
        )  # fmt: skip
        if answer.ok or answer.status == GONE:
            return Outcome(kind=Kind.PUBLISHED, status=answer.status)
        return api.judged(account, answer)


def _body(account: Account, parcel: Parcel, done: Mapping[str, Any]) -> dict[str, Any]:
    author = urns.author(account.remote_id)
    if parcel.picture:
        return post.body(
            author=author, text=parcel.text, media=post.media(image=done["picture"], alt=parcel.picture.alt)
        )
    card = parcel.card
    if card is None:
        return post.body(author=author, text=parcel.text)
    article = post.article(
        url=card.url, title=card.title, description=card.description, thumbnail=done.get("thumb", "")
    )
    return post.body(author=author, text=parcel.text, article=article)


def _picture_not_ready(answer: Answer, body: Mapping[str, Any]) -> Outcome | None:
    """A refusal soon after an upload that names the picture: nothing was posted, and a moment may mend it."""
    if answer.status not in {400, 422} or "urn:li:image:" not in answer.raw or not body.get("uploaded_at"):
        return None
    if clock.now() - datetime.fromisoformat(body["uploaded_at"]) > PICTURE_WAIT:
        return None
    return Outcome(
        kind=Kind.WAIT, problem="picture_not_ready", wait=PICTURE_AGAIN, status=answer.status,
        error=answer.text("message")[:300], response=answer.raw,
    )  # fmt: skip
