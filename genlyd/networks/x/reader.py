"""Reading back from X. Each post that is looked at costs, so it is done only where an administrator wants it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from genlyd.networks import budget
from genlyd.networks.calls import Answer
from genlyd.networks.credentials import app_of
from genlyd.networks.domain.figures import GONE, MOST, Figures, Gone, Metric, figures
from genlyd.networks.models import Account
from genlyd.networks.reading import READ_SECONDS
from genlyd.networks.x import api
from genlyd.networks.x.domain.errors import kind_of
from genlyd.networks.x.pricing import READ_PERSON, READ_POST

#: The switch among the app's options.
READS = "reads_figures"
#: `retweet_count` is what X answers, `repost_count` what its description says since 2.167.
ASKED: dict[Metric, tuple[str, ...]] = {
    Metric.IMPRESSIONS: ("impression_count",),
    Metric.REACTIONS: ("like_count",),
    Metric.COMMENTS: ("reply_count",),
    Metric.RESHARES: ("retweet_count", "repost_count"),
    Metric.QUOTES: ("quote_count",),
    Metric.SAVES: ("bookmark_count",),
}


class XReader:
    batch = 100

    def read(self, account: Account, remote_ids: Sequence[str]) -> Mapping[str, Figures | Gone]:
        numbers = [number for number in remote_ids if number.isascii() and number.isdecimal()]
        if not numbers or not may_read(account):
            return {}
        budget.spend(account, READ_POST, len(numbers))
        answer = self._ask(account, "/2/tweets", {"ids": ",".join(numbers), "tweet.fields": "public_metrics"})
        found: dict[str, Figures | Gone] = {}
        for place in range(_length(answer, "data")):
            number, said = answer.text("data", place, "id"), answer.find("data", place, "public_metrics")
            if number in numbers and isinstance(said, Mapping):
                found[number] = figures({metric: _first(said, names) for metric, names in ASKED.items()})
        for place in range(_length(answer, "errors")):
            number = answer.text("errors", place, "resource_id") or answer.text("errors", place, "value")
            missing = kind_of(answer.find("errors", place)) == "resource-not-found"
            if missing and number in numbers and number not in found:
                found[number] = GONE
        return found

    def followers(self, account: Account) -> int | None:
        if not may_read(account):
            return None
        budget.spend(account, READ_PERSON)
        answer = self._ask(account, "/2/users/me", {"user.fields": "public_metrics"})
        count = answer.find("data", "public_metrics", "followers_count")
        return (
            count if isinstance(count, int) and not isinstance(count, bool) and 0 <= count <= MOST else None
        )

    def _ask(self, account: Account, path: str, params: Mapping[str, str]) -> Answer:
        return api.repeatable(account, "GET", path, params=params, read_seconds=READ_SECONDS)


def may_read(account: Account) -> bool:
    app = app_of(account.organisation_id, "x")
    return bool(app and app.options.get(READS))


def _first(said: Mapping[object, object], names: Sequence[str]) -> object:
    return next((said[name] for name in names if name in said), None)


def _length(answer: Answer, key: str) -> int:
    found = answer.find(key)
    return len(found) if isinstance(found, list) else 0
