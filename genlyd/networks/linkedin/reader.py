"""Reading back, where LinkedIn has vetted the organisation's app: one figure a call, and every call counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC
from urllib.parse import quote

from genlyd.base import clock
from genlyd.networks import quotas
from genlyd.networks.calls import Answer
from genlyd.networks.contract import MADE
from genlyd.networks.domain.figures import MOST, Figures, Gone, Metric, figures
from genlyd.networks.domain.outcome import Failed, Kind, Outcome
from genlyd.networks.domain.quota import Call
from genlyd.networks.linkedin import api
from genlyd.networks.linkedin import app as apps
from genlyd.networks.linkedin.domain import urns
from genlyd.networks.linkedin.domain.errors import until_midnight
from genlyd.networks.linkedin.limits import QUOTAS
from genlyd.networks.linkedin.sign_in import VETTED
from genlyd.networks.models import Account
from genlyd.networks.reading import READ_SECONDS

ASKED = {
    "IMPRESSION": Metric.IMPRESSIONS,
    "MEMBERS_REACHED": Metric.REACHED,
    "REACTION": Metric.REACTIONS,
    "COMMENT": Metric.COMMENTS,
    "RESHARE": Metric.RESHARES,
}


#: Of a member's day this much is never spent on looking: a figure can wait, a post should not.
KEPT_FOR_POSTS = 50


class LinkedInReader:
    #: Five calls for each post, of a member's 150 a day: a few posts at a time.
    batch = 5

    def read(self, account: Account, remote_ids: Sequence[str]) -> Mapping[str, Figures | Gone]:
        if not may_read(account, VETTED[0]):
            return {}
        return {urn: self._figures(account, urn) for urn in remote_ids if urns.is_post(urn)}

    def _figures(self, account: Account, urn: str) -> Figures:
        kind = "ugc" if urn.startswith("urn:li:ugcPost:") else "share"
        # Rest.li 2.0: the brackets are structure and stand bare, the URN is data and is encoded.
        entity = f"({kind}:{quote(urn, safe='')})"
        said: dict[Metric, object] = {}
        for name, metric in ASKED.items():
            query = f"q=entity&entity={entity}&queryType={name}&aggregation=TOTAL"
            answer = self._ask(account, f"/rest/memberCreatorPostAnalytics?{query}")
            said[metric] = answer.find("elements", 0, "count")
        # -1 says "not available": that is missing, and not nought.
        return figures(said)

    def followers(self, account: Account) -> int | None:
        if not may_read(account, VETTED[1]):
            return None
        count = self._ask(account, "/rest/memberFollowersCount?q=me").find(
            "elements", 0, "memberFollowersCount"
        )
        return (
            count if isinstance(count, int) and not isinstance(count, bool) and 0 <= count <= MOST else None
        )

    def _ask(self, account: Account, path: str) -> Answer:
        if quotas.left(MADE["linkedin"], account, QUOTAS[0]) <= KEPT_FOR_POSTS:
            raise Failed(
                Outcome(kind=Kind.WAIT, problem="quota", wait=until_midnight(clock.now().astimezone(UTC)))
            )
        answer = api.ask(account, "GET", path, counts=Call.READ, read_seconds=READ_SECONDS)
        if not answer.ok:
            raise Failed(api.refused_reading(account, answer))
        return answer


def may_read(account: Account, scope: str) -> bool:
    """Only with the vetted product, and only for who has connected since it was there."""
    granted = account.scopes.replace(",", " ").split()
    return apps.reads_figures(apps.app_for(account.organisation_id)) and scope in granted
