"""Whose Instagram account it is, what they allowed, and whether it is a professional one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from genlyd.base.errors import Refused
from genlyd.networks.contract import Connected, Tokens
from genlyd.networks.meta.login import MetaLogin


@dataclass(kw_only=True)
class InstagramLogin(MetaLogin):
    def granted(self, said: Mapping[str, Any], token: str) -> tuple[str, ...]:  # noqa: ARG002
        permissions = said.get("permissions")
        if isinstance(permissions, str):
            permissions = permissions.split(",")
        # An answer that lists none is taken at the person's word; a call will say what is missing.
        return (
            tuple(str(one).strip() for one in permissions) if isinstance(permissions, list) else self.scopes
        )

    def who(self, token: str, said: Mapping[str, Any]) -> Connected:  # noqa: ARG002
        params = {"fields": "user_id,username,account_type,followers_count"}
        answer = self._ask(self.network, "GET", f"/{self.version}/me", token=token, params=params)
        if answer.text("account_type").upper() == "PERSONAL":
            raise Refused(
                _("Instagram lets programs post to professional accounts only, and this is a private one."),
                next_step=_(
                    "Share by hand, or change the account in the Instagram app: Settings, Account type and tools."
                ),
            )
        followers = answer.find("followers_count")
        return Connected(
            remote_id=answer.text("user_id"), handle=answer.text("username"), tokens=Tokens(access=token),
            followers=followers if isinstance(followers, int) else None,
        )  # fmt: skip
