"""What Threads tells about a post and its author."""

from __future__ import annotations

from dataclasses import dataclass

from genlyd.networks.domain.figures import MOST, Metric
from genlyd.networks.meta.graph import rows
from genlyd.networks.meta.insights import InsightsReader
from genlyd.networks.models import Account

NAMES = {
    "views": Metric.IMPRESSIONS,
    "likes": Metric.REACTIONS,
    "replies": Metric.COMMENTS,
    "reposts": Metric.RESHARES,
    "quotes": Metric.QUOTES,
}


@dataclass(kw_only=True)
class ThreadsReader(InsightsReader):
    def followers(self, account: Account) -> int | None:
        answer = self._ask(account, "me/threads_insights", {"metric": "followers_count"})
        if not answer.ok:
            self._failed(answer)
            return None
        total = rows(answer)[0].get("total_value") if rows(answer) else None
        value = total.get("value") if isinstance(total, dict) else None
        return value if isinstance(value, int) and 0 <= value <= MOST else None
