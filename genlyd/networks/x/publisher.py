"""Posting to X: no key of ours, but the person's posts can be read. So the call is made once, and doubt looks there."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from genlyd.base import clock
from genlyd.networks import budget
from genlyd.networks.calls import Answer
from genlyd.networks.contract import Parcel, Picture
from genlyd.networks.domain.outcome import Failed, Kind, Look, Outcome, Sight
from genlyd.networks.models import Account
from genlyd.networks.x import api
from genlyd.networks.x.domain import timeline
from genlyd.networks.x.pricing import ALT_TEXT, DELETE, READ_POST

PICTURE_MOST = 5 * 1024 * 1024
ALT_MOST = 1000
#: With less than this left an upload is made anew.
PICTURE_MARGIN = timedelta(hours=4)
#: A picture lasts a day when X does not say.
PICTURE_LASTS = 86_400
NOT_FOUND = 404
#: Our clocks may differ by this much from X's.
SKEW = timedelta(minutes=2)
#: Posts of one page, each of which costs, and pages until we give up looking.
PAGE, PAGES = 10, 5
_NAME = re.compile(r"[A-Za-z0-9_]{1,20}")


class XPublisher:
    read_timeout = 60.0
    #: X's timeline may lag: only after this long does a post that is not in it count as not made.
    absent_after = timedelta(minutes=10)

    def prepare(
        self, account: Account, parcel: Parcel, done: dict[str, Any], keep: Callable[[], None]
    ) -> None:
        # Renewed here, so that nothing but the post itself can go wrong once it is on its way.
        api.token_of(account)
        if "post" not in done:
            done |= {"key": parcel.key, "link": parcel.link, "post": {"text": parcel.text}}
        if parcel.picture:
            self._picture(account, parcel.picture, done, keep)
            done["post"] = {**done["post"], "media": {"media_ids": [done["media"]]}}
        keep()

    def _picture(
        self, account: Account, picture: Picture, done: dict[str, Any], keep: Callable[[], None]
    ) -> None:
        if "media" not in done or datetime.fromisoformat(done["until"]) < clock.now() + PICTURE_MARGIN:
            done.pop("described", None)
            done["media"], done["until"] = self._upload(account, picture)
            keep()
        if picture.alt.strip() and "described" not in done:
            budget.spend(account, ALT_TEXT)
            words = {"alt_text": {"text": picture.alt.strip()[:ALT_MOST]}}
            api.repeatable(
                account, "POST", "/2/media/metadata", json_body={"id": done["media"], "metadata": words}
            )
            done["described"] = True
            keep()

    def _upload(self, account: Account, picture: Picture) -> tuple[str, str]:
        if len(picture.data) > PICTURE_MOST:
            raise Failed(Outcome(kind=Kind.REJECTED, problem="picture_too_large"))
        body = {"media": base64.b64encode(picture.data).decode(), "media_category": "tweet_image"}
        answer = api.repeatable(
            account, "POST", "/2/media/upload", json_body=body, read_seconds=self.read_timeout
        )
        number, lasts = answer.text("data", "id"), answer.find("data", "expires_after_secs")
        if not number.isdecimal():
            raise Failed(
                Outcome(kind=Kind.NOT_SENT, problem="unreachable", status=answer.status, error="no media id")
            )
        seconds = lasts if isinstance(lasts, int) and 0 < lasts <= PICTURE_LASTS else PICTURE_LASTS
        return number, (clock.now() + timedelta(seconds=seconds)).isoformat()

    def request(self, done: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        """`post` is the exact body; the rest is how it is known again."""
        return str(done["key"]), {"post": done["post"], "link": done["link"], "until": done.get("until", "")}

    def send(self, account: Account, body: Mapping[str, Any]) -> Outcome:
        answer = api.ask(
            account, "POST", "/2/tweets", json_body=dict(body["post"]), read_seconds=self.read_timeout
        )
        number = answer.text("data", "id")
        if answer.ok and number.isdecimal():
            return Outcome(
                kind=Kind.PUBLISHED, remote_id=number, permalink=permalink(account, number),
                status=answer.status, response=answer.raw,
            )  # fmt: skip
        if answer.ok:
            return Outcome(
                kind=Kind.UNKNOWN, problem="unconfirmed", status=answer.status, error="no id",
                response=answer.raw,
            )  # fmt: skip
        return api.judged(account, answer)

    def look(self, account: Account, body: Mapping[str, Any], *, since: datetime, now: datetime) -> Look:
        params = {
            "start_time": f"{since - SKEW:%Y-%m-%dT%H:%M:%SZ}", "max_results": str(PAGE),
            "tweet.fields": "created_at,entities",
        }  # fmt: skip
        for _page in range(PAGES):
            answer = _page_of(account, params)
            posts, more = answer.find("data") or [], answer.text("meta", "next_token")
            if number := timeline.find(posts, link=body["link"], text=str(body["post"]["text"])):
                return Look(sight=Sight.FOUND, remote_id=number, permalink=permalink(account, number))
            if not _is_complete(answer):
                return Look(sight=Sight.UNREADABLE, error="the timeline is not complete")
            if not more:
                break
            params["pagination_token"] = more
        else:
            return Look(sight=Sight.UNREADABLE, error="too many posts since then")
        if now - since < self.absent_after:
            return Look(sight=Sight.UNREADABLE, error="too early to say that it is not there")
        until = body.get("until")
        spent = bool(until) and datetime.fromisoformat(str(until)) < now + PICTURE_MARGIN
        return Look(sight=Sight.ABSENT, prepare_again=spent)

    def delete(self, account: Account, remote_id: str) -> Outcome:
        budget.spend(account, DELETE)
        answer = api.ask(account, "DELETE", f"/2/tweets/{remote_id}")
        if answer.status == NOT_FOUND or (answer.ok and answer.find("data", "deleted") is True):
            return Outcome(kind=Kind.PUBLISHED, status=answer.status)
        if answer.ok:
            return Outcome(
                kind=Kind.UNKNOWN, problem="unconfirmed", status=answer.status, response=answer.raw
            )
        return api.judged(account, answer)


def _page_of(account: Account, params: Mapping[str, str]) -> Answer:
    """X tells how many posts there are only when they are paid for, so a full page is reserved first."""
    at = clock.now()
    budget.spend(account, READ_POST, PAGE)
    answer = api.repeatable(account, "GET", f"/2/users/{account.remote_id}/tweets", params=params)
    count = answer.find("meta", "result_count")
    if isinstance(count, int) and 0 <= count < PAGE:
        budget.unspend(account, READ_POST, PAGE - count, at=at)
    return answer


def _is_complete(answer: Answer) -> bool:
    """X says how many posts it shows, shows as many, and says nothing of any that it leaves out."""
    count = answer.find("meta", "result_count")
    return isinstance(count, int) and count == len(answer.find("data") or []) and not answer.find("errors")


def permalink(account: Account, number: str) -> str:
    """Good whatever name the person takes later: X goes by the number."""
    name = account.handle if _NAME.fullmatch(account.handle) else "i/web"
    return f"https://x.com/{name}/status/{number}"
