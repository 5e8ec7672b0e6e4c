"""Posting to a person's server with a key of our own, so that a repeat within the hour is the same post."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings

from genlyd.networks import tokens
from genlyd.networks.contract import Parcel, Picture
from genlyd.networks.domain.outcome import Failed, Kind, Look, Outcome, Sight
from genlyd.networks.mastodon.api import Answer, CallFailed, account_id, ask, judged
from genlyd.networks.mastodon.connector import CONNECTOR
from genlyd.networks.mastodon.domain import allowed, matching
from genlyd.networks.models import Account

#: A key is kept for an hour after the post was made; nothing is repeated that begins later than this.
KEY_LASTS = timedelta(minutes=50)
#: Clocks differ, and a server stamps a post when it begins to make it.
BEFORE = timedelta(minutes=2)
PAGE, PAGES = 40, 5
#: A picture is worked on for moments; a film would take longer, and we send none.
LOOKS_AT_MEDIA, BETWEEN_LOOKS = 15, 1.0
NOT_READY = timedelta(seconds=30)
LONGEST_ADDRESS = 1000
GONE = 404


class MastodonPublisher:
    read_timeout = 60.0

    def prepare(
        self, account: Account, parcel: Parcel, done: dict[str, Any], keep: Callable[[], None]
    ) -> None:
        token = tokens.access(account, CONNECTOR)
        if "record" in done:
            return
        if parcel.picture and "media" not in done:
            done["media"] = self._upload(account, parcel.picture, token)
            keep()
        if "media" in done:
            self._wait_for_media(account, str(done["media"]), token)
        status: dict[str, Any] = {"status": parcel.text, "visibility": "public"}
        if parcel.language:
            status["language"] = parcel.language
        if "media" in done:
            status["media_ids"] = [done["media"]]
        done["link"] = parcel.link
        # Another text under a used key brings back the old post, so the text is in the key, and whose key it is.
        done["key"] = str(uuid5(NAMESPACE_URL, f"{settings.URL}/{account.pk}/{parcel.key}\n{parcel.text}"))
        done["record"] = status
        keep()

    def request(self, done: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        key = str(done["key"])
        return key, {"key": key, "status": done["record"], "link": done["link"]}

    def send(self, account: Account, body: Mapping[str, Any]) -> Outcome:
        answer = ask(
            account, "POST", "/api/v1/statuses", token=tokens.access(account, CONNECTOR), json_body=body["status"],
            headers={"Idempotency-Key": str(body["key"])}, read_seconds=self.read_timeout,
        )  # fmt: skip
        if not answer.ok:
            return judged(answer)
        if not answer.text("id"):
            return Outcome(
                kind=Kind.UNKNOWN, problem="unconfirmed", status=answer.status, error="no id", response=answer.raw
            )  # fmt: skip
        return Outcome(
            kind=Kind.PUBLISHED,
            remote_id=answer.text("id"),
            permalink=permalink(account, answer.body),
            status=answer.status,
            response=answer.raw,
        )

    def look(self, account: Account, body: Mapping[str, Any], *, since: datetime, now: datetime) -> Look:
        """Among the person's own statuses, as their server lists them.

        Not there, and the key still known: sending once more is safe, and so is called ABSENT. Later only the
        person can tell.
        """
        if now - since < timedelta(seconds=self.read_timeout):
            # The server writes the key down after the post: two requests at once would be two posts.
            return Look(sight=Sight.UNREADABLE, error="the first request may still be under way")
        try:
            for status in self._own(account, since - BEFORE):
                if matching.is_ours(
                    status, text=str(body["status"]["status"]), link=str(body["link"]), since=since - BEFORE
                ):
                    return Look(
                        sight=Sight.FOUND,
                        remote_id=str(status.get("id", "")),
                        permalink=permalink(account, status),
                    )
        except CallFailed as error:
            return Look(sight=Sight.UNREADABLE, error=error.outcome.error)
        except Failed as failed:
            return Look(sight=Sight.UNREADABLE, error=str(failed))
        if now - since > KEY_LASTS:
            return Look(sight=Sight.UNREADABLE, error="not there, and the key is too old to repeat")
        return Look(sight=Sight.ABSENT)

    def delete(self, account: Account, remote_id: str) -> Outcome:
        token = tokens.access(account, CONNECTOR)
        answer = ask(account, "DELETE", f"/api/v1/statuses/{_path(remote_id)}", token=token)
        if answer.ok or answer.status == GONE:
            return Outcome(kind=Kind.PUBLISHED, status=answer.status)
        return judged(answer)

    # --- inside ---
    def _upload(self, account: Account, picture: Picture, token: str) -> str:
        most = allowed.stored(account.options)
        if len(picture.data) > most.picture_bytes or picture.width * picture.height > most.picture_pixels:
            raise Failed(Outcome(kind=Kind.REJECTED, problem="picture_too_large"))
        name = f"picture.{picture.mime.rpartition('/')[2]}"
        answer = self._repeatable(
            account, "POST", "/api/v2/media", token=token, files={"file": (name, picture.data, picture.mime)},
            form={"description": picture.alt[: most.description]}, read_seconds=self.read_timeout,
        )  # fmt: skip
        if media := answer.text("id"):
            return media
        raise Failed(Outcome(kind=Kind.NOT_SENT, problem="unreachable", status=answer.status, error="no id"))

    def _wait_for_media(self, account: Account, media: str, token: str) -> None:
        """A post with a picture that is still being worked on is refused; so wait, for a moment only."""
        for look in range(LOOKS_AT_MEDIA):
            if look:
                time.sleep(BETWEEN_LOOKS)
            answer = self._repeatable(account, "GET", f"/api/v1/media/{_path(media)}", token=token)
            if answer.status == 200 and answer.text("url"):  # noqa: PLR2004  206: still at it
                return
        raise Failed(Outcome(kind=Kind.WAIT, problem="busy", wait=NOT_READY, error="media not ready"))

    def _repeatable(self, account: Account, method: str, path: str, **options: Any) -> Answer:
        """Shows nothing to anybody, so whatever became of it, it may simply be done again."""
        try:
            answer = ask(account, method, path, **options)
        except CallFailed as error:
            raise Failed(Outcome(kind=Kind.NOT_SENT, problem="unreachable", error=str(error))) from error
        if answer.ok:
            return answer
        outcome = judged(answer)
        if outcome.kind is Kind.UNKNOWN:
            outcome = Outcome(**{**vars(outcome), "kind": Kind.NOT_SENT, "problem": "unreachable"})
        raise Failed(outcome)

    def _own(self, account: Account, since: datetime) -> Iterator[dict[str, Any]]:
        """The account's statuses back to `since`, newest first. Raises Failed unless all of them could be read."""
        token = tokens.access(account, CONNECTOR)
        params: dict[str, Any] = {"limit": PAGE, "exclude_reblogs": "true"}
        for _page in range(PAGES):
            path = f"/api/v1/accounts/{_path(account_id(account))}/statuses"
            answer = ask(account, "GET", path, token=token, params=params)
            if not answer.ok or not isinstance(answer.body, list):
                raise Failed(Outcome(kind=Kind.UNKNOWN, error=f"{answer.status} {answer.text('error')}"))
            if not answer.body:
                return
            for status in answer.body:
                at = matching.instant(status.get("created_at")) if isinstance(status, dict) else None
                if at is None or not status.get("id"):
                    raise Failed(Outcome(kind=Kind.UNKNOWN, error="no list of statuses"))
                yield status
                if at < since:
                    return
            params["max_id"] = str(answer.body[-1]["id"])
        raise Failed(Outcome(kind=Kind.UNKNOWN, error="too many statuses to be sure"))


def _path(part: str) -> str:
    """Ids are the server's, and opaque: one path segment, whatever it says."""
    return quote(part, safe="")


def permalink(account: Account, status: Any) -> str:
    """Where people see the post: as the server says, if that is an address; else as Mastodon builds it."""
    said = status.get("url") if isinstance(status, dict) else ""
    said = said if isinstance(said, str) else ""
    if said.startswith(("https://", f"{account.server}/")) and len(said) <= LONGEST_ADDRESS:
        return said
    user = account.handle.strip("@").partition("@")[0]
    return f"{account.server}/@{user}/{_path(str(status.get('id', '')))}"
