"""Compile every translation while the wheel (or the editable install) is built."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class MessagesHook(BuildHookInterface):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        # The hook is loaded by path, outside of any package.
        sys.path.insert(0, str(Path(self.root) / "tools"))
        from mo import compile_messages

        compile_messages(Path(self.root))
