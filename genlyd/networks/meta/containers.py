"""Posting by container: made while preparing, where it shows nothing; published once; and read when in doubt.

The container is what makes a repeat safe. Its status says whether it was published, and it can be published once only.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from genlyd.networks import tokens
from genlyd.networks.addresses import address
from genlyd.networks.calls import Answer, CallFailed, call
from genlyd.networks.contract import Connector, Parcel
from genlyd.networks.domain.outcome import Failed, Kind, Look, Outcome, Sight
from genlyd.networks.meta.domain import posts
from genlyd.networks.meta.domain.errors import MAKING, Meaning, judge_preparing, judge_publishing, meaning
from genlyd.networks.meta.domain.posts import Listed
from genlyd.networks.meta.graph import checked, error_in, is_missing, repeatable, rows
from genlyd.networks.models import Account

#: Pauses between the first looks at a new container. A longer wait goes back into the queue.
PAUSES = (0.5, 1.5, 3.0)
#: When a post is not in the list although its container says "published" or is gone: the list may lag this long.
LAG = timedelta(minutes=10)
PAGE, MOST_PAGES = 50, 4
#: A container that will never be a post. GONE is ours, the others are Graph's.
SPENT = {"EXPIRED", "ERROR", "GONE"}


@dataclass(kw_only=True)
class ContainerPublisher:
    """A Publisher. Subclasses say how a container is filled and where things are."""

    network: str
    connector: Connector
    version: str
    #: Paths below the version; {id} stands for the account's own id.
    create_path: str
    publish_path: str
    list_path: str
    quota_path: str
    #: Of a container: its status first. Of a post in the list: its words, and everything that is read of it.
    status_fields: str
    words: str
    post_fields: str
    #: The field of a new container that stands in the address, as Graph's own examples have it.
    named: str
    #: What this network's errors mean beside Graph's common ones.
    meanings: Mapping[str, Meaning] = field(default_factory=dict)
    sleep: Callable[[float], None] = time.sleep

    read_timeout = 60.0

    # --- what subclasses answer ---
    def filled(self, parcel: Parcel) -> dict[str, str]:
        """The fields of the new container. Raises Failed for what this network cannot show."""
        raise NotImplementedError

    def spoilt(self, answer: Answer) -> Outcome:
        """Why a container became an error."""
        raise NotImplementedError

    # --- the Publisher ---
    def prepare(
        self, account: Account, parcel: Parcel, done: dict[str, Any], keep: Callable[[], None]
    ) -> None:
        if self._is_spent(account, done):
            # Spent, and nothing of it was published: that is what brought us back to preparing.
            del done["container"]
        if "container" not in done:
            self._within_quota(account)
            form = self.filled(parcel)
            params = {self.named: form.pop(self.named)}
            answer = checked(
                self._ask(account, "POST", self.create_path, params=params, form=form), self.meanings
            )
            if not answer.text("id"):
                raise Failed(Outcome(kind=Kind.NOT_SENT, problem="unreachable", error="no container id"))
            done |= {"container": answer.text("id"), "words": parcel.text, "link": parcel.link}
            keep()
        self._wait(account, str(done["container"]))

    def request(self, done: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        """Only `creation_id` is sent; the rest is what the post is known by again."""
        known = {"words": done["words"], "link": done["link"]}
        return str(done["container"]), {"creation_id": done["container"], "known_by": known}

    def send(self, account: Account, body: Mapping[str, Any]) -> Outcome:
        params = {"creation_id": str(body["creation_id"])}
        answer = self._call(account, "POST", self.publish_path, params=params, read_seconds=self.read_timeout)
        if not answer.ok:
            outcome = judge_publishing(error_in(answer), self.meanings)
            return Outcome(**{**vars(outcome), "response": answer.raw})
        number = answer.text("id")
        if not number.isdecimal():
            return Outcome(
                kind=Kind.UNKNOWN,
                problem="unconfirmed",
                status=answer.status,
                error="no id",
                response=answer.raw,
            )
        return Outcome(
            kind=Kind.PUBLISHED, remote_id=number, permalink=self._permalink(account, number), status=answer.status,
            response=answer.raw,
        )  # fmt: skip

    def look(self, account: Account, body: Mapping[str, Any], *, since: datetime, now: datetime) -> Look:
        known = body.get("known_by", {})
        try:
            status = self._status(account, str(body["creation_id"]))
        except Failed as failed:
            status = f"unreadable: {failed}"
        listed: list[Listed] | None = None
        unread = ""
        try:
            listed = self._listed(account, since)
        except Failed as failed:
            unread = str(failed)
        if listed:
            words, link = str(known.get("words", "")), str(known.get("link", ""))
            if ours := posts.find(listed, text=words, link=link, since=since):
                return Look(sight=Sight.FOUND, remote_id=ours.remote_id, permalink=ours.permalink)
        settled = now - since >= LAG
        if status == "PUBLISHED" and settled:
            # Proven, though its own id cannot be told: the list does not show it, or not to us.
            return Look(sight=Sight.FOUND, error=unread or "not listed")
        if listed is not None and status in {"FINISHED", "EXPIRED", "ERROR"}:
            return Look(sight=Sight.ABSENT, prepare_again=status != "FINISHED", error=status)
        if listed is not None and status == "GONE" and settled:
            return Look(sight=Sight.ABSENT, prepare_again=True, error=status)
        return Look(sight=Sight.UNREADABLE, error=f"{status} {unread}".strip()[:300])

    def delete(self, account: Account, remote_id: str) -> Outcome:
        answer = self._call(account, "DELETE", remote_id)
        if answer.ok or is_missing(answer):
            return Outcome(kind=Kind.PUBLISHED, status=answer.status)
        return judge_preparing(error_in(answer), self.meanings)

    # --- inside ---
    def _is_spent(self, account: Account, done: Mapping[str, Any]) -> bool:
        return "container" in done and self._status(account, str(done["container"])) in SPENT

    def _call(self, account: Account, method: str, path: str, **more: Any) -> Answer:
        token = tokens.access(account, self.connector)
        where = f"/{self.version}/{path.format(id=account.remote_id)}"
        answer = call(address(self.network), method, where, token=token, **more)
        if not answer.ok:
            found = meaning(error_in(answer), self.meanings)
            # A permission that only reading or deleting needs does not stop posting.
            posting = path in {self.create_path, self.publish_path, self.quota_path}
            if found.kind is Kind.RECONNECT and (posting or found.problem == "reconnect"):
                tokens.needs_person(account)
        return answer

    def _ask(self, account: Account, method: str, path: str, **more: Any) -> Answer:
        """A call that shows nothing to anybody."""
        try:
            return self._call(account, method, path, **more)
        except CallFailed as failed:
            raise repeatable(failed) from failed

    def _within_quota(self, account: Account) -> None:
        """Asked before: of a refusal by the publishing call nobody knows whether it is one."""
        answer = self._ask(account, "GET", self.quota_path, params={"fields": "quota_usage,config"})
        if not answer.ok and judge_preparing(error_in(answer), self.meanings).kind is Kind.REJECTED:
            return  # It does not tell this account its quota; the posts are counted on our side too.
        found = rows(checked(answer, self.meanings))
        used, total = (found[0].get("quota_usage"), found[0].get("config")) if found else (None, None)
        most = total.get("quota_total") if isinstance(total, dict) else None
        if isinstance(used, int) and isinstance(most, int) and used >= most:
            raise Failed(
                Outcome(kind=Kind.WAIT, problem="quota", wait=timedelta(hours=1), error=f"{used}/{most}")
            )

    def _read_container(self, account: Account, container: str) -> Answer:
        return self._ask(account, "GET", container, params={"fields": f"id,{self.status_fields}"})

    def _status(self, account: Account, container: str) -> str:
        """As Graph says it; GONE when there is no such container. Raises Failed when it could not be read."""
        answer = self._read_container(account, container)
        if is_missing(answer):
            return "GONE"
        return checked(answer, self.meanings).text(self.status_fields.partition(",")[0]) or "unreadable"

    def _wait(self, account: Account, container: str) -> None:
        for pause in (*PAUSES, 0.0):
            answer = checked(self._read_container(account, container), self.meanings)
            status = answer.text(self.status_fields.partition(",")[0])
            if status in {"FINISHED", "PUBLISHED"}:
                return
            if status in {"ERROR", "EXPIRED"}:
                raise Failed(self.spoilt(answer))
            if pause:
                self.sleep(pause)
        raise Failed(Outcome(kind=MAKING.kind, problem=MAKING.problem, wait=MAKING.wait, error=status))

    def _listed(self, account: Account, since: datetime) -> list[Listed]:
        """Every post since then, the newest first. Raises Failed when the list could not be read whole."""
        found: list[Listed] = []
        params = {"fields": self.post_fields, "limit": str(PAGE)}
        for _page in range(MOST_PAGES):
            answer = checked(self._ask(account, "GET", self.list_path, params=params), self.meanings)
            if not isinstance(answer.find("data"), list):
                raise Failed(Outcome(kind=Kind.NOT_SENT, problem="unreachable", error="no list"))
            page = [self._one(row) for row in rows(answer)]
            found += page
            older = any(post.at and post.at < since - posts.SKEW for post in page)
            after = answer.text("paging", "cursors", "after")
            if older or not after or not answer.find("paging", "next"):
                return found
            params = {**params, "after": after}
        raise Failed(Outcome(kind=Kind.NOT_SENT, problem="unreachable", error="more posts than are read"))

    def _one(self, row: Mapping[str, Any]) -> Listed:
        said = {
            key: str(row.get(key) or "") for key in ("id", self.words, "permalink", "link_attachment_url")
        }
        return Listed(
            remote_id=said["id"], text=said[self.words], at=posts.time_of(row.get("timestamp")),
            permalink=said["permalink"], link=said["link_attachment_url"],
        )  # fmt: skip

    def _permalink(self, account: Account, number: str) -> str:
        """For people; a post is published also when its address cannot be read just now."""
        found = ""
        # Whatever goes wrong here must not make a post doubtful that is known to be there.
        with suppress(Exception):
            answer = self._call(account, "GET", number, params={"fields": "id,permalink"}, read_seconds=10.0)
            found = answer.text("permalink") if answer.ok else ""
        return found if found.startswith("https://") else ""
