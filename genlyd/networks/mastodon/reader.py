"""What came of a post: favourites, boosts and answers, asked of the person's own server. It tells no impressions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from genlyd.networks import tokens
from genlyd.networks.domain.figures import GONE, Figures, Gone, Metric, figures
from genlyd.networks.domain.outcome import Failed
from genlyd.networks.mastodon.api import ask, judged
from genlyd.networks.mastodon.connector import CONNECTOR
from genlyd.networks.models import Account
from genlyd.networks.reading import READ_SECONDS

NOT_FOUND = 404


class MastodonReader:
    #: One request for each, of 300 in five minutes.
    batch = 5

    def read(self, account: Account, remote_ids: Sequence[str]) -> Mapping[str, Figures | Gone]:
        token = tokens.access(account, CONNECTOR)
        found: dict[str, Figures | Gone] = {}
        for remote_id in remote_ids:
            path = f"/api/v1/statuses/{quote(remote_id, safe='')}"
            answer = ask(account, "GET", path, token=token, read_seconds=READ_SECONDS)
            if answer.status == NOT_FOUND and answer.text("error"):
                found[remote_id] = GONE
            elif answer.ok and answer.text("id") == remote_id:
                found[remote_id] = figures(
                    {
                        Metric.REACTIONS: answer.find("favourites_count"),
                        Metric.RESHARES: answer.find("reblogs_count"),
                        Metric.COMMENTS: answer.find("replies_count"),
                        Metric.QUOTES: answer.find("quotes_count"),
                    }
                )
            elif not answer.ok:
                if found:
                    return found
                raise Failed(judged(answer))
        return found

    def followers(self, account: Account) -> int | None:
        token = tokens.access(account, CONNECTOR)
        answer = ask(
            account, "GET", "/api/v1/accounts/verify_credentials", token=token, read_seconds=READ_SECONDS
        )
        if not answer.ok:
            raise Failed(judged(answer))
        count = answer.find("followers_count")
        return count if isinstance(count, int) and not isinstance(count, bool) and count >= 0 else None
