"""What Graph tells about a post: one call for each. What it leaves out is missing, never nought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from genlyd.networks import tokens
from genlyd.networks.addresses import address
from genlyd.networks.calls import Answer, CallFailed, call
from genlyd.networks.contract import Connector
from genlyd.networks.domain.figures import GONE, Figures, Gone, Metric, figures
from genlyd.networks.domain.outcome import Failed, Kind
from genlyd.networks.meta.domain.errors import Meaning, judge_preparing, meaning
from genlyd.networks.meta.graph import error_in, is_missing, repeatable, rows
from genlyd.networks.models import Account
from genlyd.networks.reading import READ_SECONDS


@dataclass(kw_only=True)
class InsightsReader:
    """A Reader. `names` are the network's own names of what it counts."""

    network: str
    connector: Connector
    version: str
    names: Mapping[str, Metric]
    meanings: Mapping[str, Meaning]
    batch: int = 10

    # --- what subclasses answer ---
    def followers(self, account: Account) -> int | None:
        raise NotImplementedError

    # --- the Reader ---
    def read(self, account: Account, remote_ids: Sequence[str]) -> Mapping[str, Figures | Gone]:
        found: dict[str, Figures | Gone] = {}
        for remote_id in remote_ids:
            said = self._one(account, remote_id)
            if said is not None:
                found[remote_id] = said
        return found

    def _one(self, account: Account, remote_id: str) -> Figures | Gone | None:
        answer = self._ask(account, f"{remote_id}/insights", {"metric": ",".join(self.names)})
        if answer.ok:
            return figures({self.names[name]: value for name, value in _values(answer) if name in self.names})
        if is_missing(answer):
            return GONE if self._is_gone(account, remote_id) else None
        if meaning(error_in(answer), self.meanings).problem in {"permission", "not_accepted"}:
            # Without the permission to read figures there are none to wait for.
            return {}
        self._failed(answer)
        return None

    def _is_gone(self, account: Account, remote_id: str) -> bool:
        """ "Missing" is also what Graph says of what one may not see: so the account itself must be readable."""
        there = self._ask(account, remote_id, {"fields": "id"})
        return is_missing(there) and self._ask(account, "me", {"fields": "id"}).ok

    # --- inside ---
    def _ask(self, account: Account, path: str, params: Mapping[str, str]) -> Answer:
        token = tokens.access(account, self.connector)
        try:
            answer = call(
                address(self.network), "GET", f"/{self.version}/{path}", token=token, params=params,
                read_seconds=READ_SECONDS,
            )  # fmt: skip
        except CallFailed as failed:
            raise repeatable(failed) from failed
        if not answer.ok and meaning(error_in(answer), self.meanings).problem == "reconnect":
            tokens.needs_person(account)
            self._failed(answer)
        return answer

    def _failed(self, answer: Answer) -> None:
        outcome = judge_preparing(error_in(answer), self.meanings)
        if outcome.kind in {Kind.WAIT, Kind.RECONNECT} and outcome.problem != "permission":
            raise Failed(outcome)


def _values(answer: Answer) -> list[tuple[str, Any]]:
    """A metric's value stands in a list of periods, or as a total."""
    found = []
    for row in rows(answer):
        values, total = row.get("values"), row.get("total_value")
        first = values[0] if isinstance(values, list) and values else total
        if isinstance(first, dict) and "value" in first:
            found.append((str(row.get("name")), first["value"]))
    return found
