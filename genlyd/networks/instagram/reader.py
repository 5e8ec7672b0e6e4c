"""What Instagram tells about a post and its author. Figures come up to two days late; until then they are missing."""

from __future__ import annotations

from dataclasses import dataclass

from genlyd.networks.domain.figures import MOST, Metric
from genlyd.networks.meta.insights import InsightsReader
from genlyd.networks.models import Account

NAMES = {
    "views": Metric.IMPRESSIONS,
    "reach": Metric.REACHED,
    "likes": Metric.REACTIONS,
    "comments": Metric.COMMENTS,
    "shares": Metric.RESHARES,
    "saved": Metric.SAVES,
}


@dataclass(kw_only=True)
class InstagramReader(InsightsReader):
    def followers(self, account: Account) -> int | None:
        answer = self._ask(account, "me", {"fields": "followers_count"})
        if not answer.ok:
            self._failed(answer)
            return None
        value = answer.find("followers_count")
        return value if isinstance(value, int) and 0 <= value <= MOST else None
