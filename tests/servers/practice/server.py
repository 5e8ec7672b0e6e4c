"""The practice wall in the shape of a network's test server. It is inside Genlyd: there is no call to break."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from genlyd.networks.actions.practice import practice_account
from genlyd.networks.models import Account, PracticePost
from genlyd.people.models import Member
from tests.servers.fault_proxy import TOO_MANY


class PracticeServer:
    key = "practice"
    url, host = "http://127.0.0.1:9", "127.0.0.1:9"
    publish_paths: tuple[str, ...] = ()
    read_paths: tuple[str, ...] = ()
    prepare_paths: tuple[str, ...] = ()
    token_paths: tuple[str, ...] = ()
    environment: Mapping[str, str] = {}
    too_many = TOO_MANY

    def account(self, member: Member, name: str, *, through: str = "") -> Account:  # noqa: ARG002
        return practice_account(member=member)

    def posts(self, account: Account) -> list[str]:
        return list(
            PracticePost.objects.filter(account=account).order_by("created_at").values_list("text", flat=True)
        )

    def expire(self, account: Account) -> None:
        self.revoke(account)

    def revoke(self, account: Account) -> None:
        """The wall is taken down, as when somebody leaves."""
        Account.objects.filter(pk=account.pk).update(secret_sealed=None)


@contextmanager
def running() -> Iterator[PracticeServer]:
    yield PracticeServer()
