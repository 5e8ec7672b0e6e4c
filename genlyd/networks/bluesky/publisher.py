"""Posting to a PDS so that a repeat is the same record: our own key, the frozen record, putRecord."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from genlyd.networks.bluesky import session
from genlyd.networks.bluesky.domain import record as records
from genlyd.networks.bluesky.domain.errors import BAD_TOKEN
from genlyd.networks.bluesky.xrpc import CallFailed, call
from genlyd.networks.contract import Parcel, Picture
from genlyd.networks.domain.outcome import Failed, Kind, Look, Outcome, Sight
from genlyd.networks.domain.tid import tid
from genlyd.networks.models import Account

#: What the lexicons allow, in bytes.
THUMB_MOST = 1_000_000
PICTURE_MOST = 2_000_000


class BlueskyPublisher:
    read_timeout = 60.0

    def prepare(
        self, account: Account, parcel: Parcel, done: dict[str, Any], keep: Callable[[], None]
    ) -> None:
        # Renewed here, so that nothing but the post itself can go wrong once it is on its way.
        session.access_token(account)
        if "record" in done:
            return
        if parcel.picture and "picture" not in done:
            done["picture"] = self._upload(account, parcel.picture, PICTURE_MOST)
            keep()
        thumb = parcel.card.picture if parcel.card else None
        if thumb and not parcel.picture and "thumb" not in done and len(thumb.data) <= THUMB_MOST:
            done["thumb"] = self._upload(account, thumb, THUMB_MOST)
            keep()
        done["rkey"] = tid(parcel.at, parcel.key)
        done["record"] = records.record(
            text=parcel.text, created_at=parcel.at, language=parcel.language, embed=_embed(parcel, done)
        )
        done["repo"] = account.remote_id

    def request(self, done: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        body = {
            "repo": done["repo"],
            "collection": records.COLLECTION,
            "rkey": done["rkey"],
            "record": done["record"],
            # Only ever create: what stands under this key is never overwritten.
            "swapRecord": None,
        }
        return str(done["rkey"]), body

    def send(self, account: Account, body: Mapping[str, Any]) -> Outcome:
        answer = session.ask(
            account, "com.atproto.repo.putRecord", publishes=True, json_body=dict(body),
            read_seconds=self.read_timeout,
        )  # fmt: skip
        uri = (answer.body or {}).get("uri") if answer.ok else None
        if isinstance(uri, str) and uri.endswith(f"/{body['rkey']}"):
            return Outcome(
                kind=Kind.PUBLISHED,
                remote_id=uri,
                permalink=_permalink(body),
                status=answer.status,
                response=answer.raw,
            )
        if answer.status < 300:  # noqa: PLR2004
            return Outcome(
                kind=Kind.UNKNOWN,
                problem="unconfirmed",
                status=answer.status,
                error="no uri",
                response=answer.raw,
            )
        outcome = answer.judged()
        if outcome.error in BAD_TOKEN:
            # Turned away at the door; the next attempt finds a fresh token, or the person is asked to reconnect.
            session.access_token(account, renew=True)
        return outcome

    def look(self, account: Account, body: Mapping[str, Any], *, since: datetime, now: datetime) -> Look:  # noqa: ARG002
        params = {"repo": body["repo"], "collection": body["collection"], "rkey": body["rkey"]}
        try:
            answer = call(account.server, "com.atproto.repo.getRecord", params=params)
        except CallFailed as error:
            return Look(sight=Sight.UNREADABLE, error=error.outcome.error)
        uri = (answer.body or {}).get("uri") if answer.ok else None
        if isinstance(uri, str):
            value = (answer.body or {}).get("value")
            if isinstance(value, dict) and value.get("text") != body["record"]["text"]:
                # Never ours: what stands under our marker is never called published in its stead.
                return Look(sight=Sight.UNREADABLE, error="another post stands under our key")
            return Look(sight=Sight.FOUND, remote_id=uri, permalink=_permalink(body))
        if answer.status == 400 and answer.error == "RecordNotFound":  # noqa: PLR2004
            return Look(sight=Sight.ABSENT)
        return Look(sight=Sight.UNREADABLE, error=f"{answer.status} {answer.error}")

    def delete(self, account: Account, remote_id: str) -> Outcome:
        _scheme, _empty, repo, collection, rkey = remote_id.split("/", 4)
        body = {"repo": repo, "collection": collection, "rkey": rkey}
        answer = session.ask(account, "com.atproto.repo.deleteRecord", json_body=body)
        return Outcome(kind=Kind.PUBLISHED, status=answer.status) if answer.ok else answer.judged()

    def _upload(self, account: Account, picture: Picture, most: int) -> dict[str, Any]:
        if len(picture.data) > most:
            raise Failed(Outcome(kind=Kind.REJECTED, problem="picture_too_large"))
        try:
            answer = session.ask(
                account, "com.atproto.repo.uploadBlob", data=picture.data, mime=picture.mime,
                read_seconds=self.read_timeout,
            )  # fmt: skip
        except CallFailed as error:
            # An upload shows nothing to anybody: repeating it is safe whatever became of it.
            raise Failed(
                Outcome(kind=Kind.NOT_SENT, problem="unreachable", error=error.outcome.error)
            ) from error
        blob = (answer.body or {}).get("blob") if answer.ok else None
        if isinstance(blob, dict):
            return blob
        outcome = answer.judged()
        if outcome.problem == "stale_session":
            session.access_token(account, renew=True)
        if outcome.kind is Kind.UNKNOWN:
            outcome = Outcome(
                kind=Kind.NOT_SENT, problem="unreachable", status=answer.status, error=answer.error
            )
        raise Failed(outcome)


def _permalink(body: Mapping[str, Any]) -> str:
    return records.permalink(str(body["repo"]), str(body["rkey"]))


def _embed(parcel: Parcel, done: Mapping[str, Any]) -> dict[str, Any] | None:
    if parcel.picture:
        return records.picture_embed(
            done["picture"], alt=parcel.picture.alt, width=parcel.picture.width, height=parcel.picture.height
        )
    if parcel.card:
        card = parcel.card
        return records.card_embed(
            url=card.url, title=card.title, description=card.description, thumb=done.get("thumb")
        )
    return None
