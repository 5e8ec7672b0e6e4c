"""Whose Threads account it is, and what they allowed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from genlyd.networks.contract import Connected, Tokens
from genlyd.networks.meta.login import MetaLogin


@dataclass(kw_only=True)
class ThreadsLogin(MetaLogin):
    def granted(self, said: Mapping[str, Any], token: str) -> tuple[str, ...]:  # noqa: ARG002
        answer = self._ask(
            self.network, "GET", f"/{self.version}/debug_token", token=token, params={"input_token": token}
        )
        scopes = answer.find("data", "scopes")
        # A token that tells nothing about itself is taken at the person's word; a call will say what is missing.
        return tuple(str(scope) for scope in scopes) if isinstance(scopes, list) else self.scopes

    def who(self, token: str, said: Mapping[str, Any]) -> Connected:  # noqa: ARG002
        answer = self._ask(
            self.network, "GET", f"/{self.version}/me", token=token, params={"fields": "id,username"}
        )
        return Connected(
            remote_id=answer.text("id"), handle=answer.text("username"), tokens=Tokens(access=token)
        )
