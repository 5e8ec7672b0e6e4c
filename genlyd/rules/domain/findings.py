"""What a check says about a text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["warn", "block"]
#: Where in the text, as [start, end) of the NFC-normalised text; None when it is about the whole.
Span = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One remark. `key` and `args` are for the machine; `message` and `mend` are filled in the reader's language
    by `rules.words.say`, unless the organisation has worded them itself."""

    kind: str
    severity: Severity
    key: str
    args: Mapping[str, object] = field(default_factory=dict)
    #: The rule's reason, in the organisation's own words.
    reason: str = ""
    message: str = ""
    mend: str = ""
    span: Span | None = None
    #: Ready wordings to choose from, in the language of the text. Never added for the writer.
    suggestions: tuple[str, ...] = ()

    @property
    def blocks(self) -> bool:
        return self.severity == "block"
