"""What an action raises when a person cannot have what they asked for."""

from __future__ import annotations

from django.utils.functional import Promise


class Refused(Exception):
    """A refusal in the reader's language. Bugs stay other exceptions; this one is shown to the person.

    `next_step` says what to do about it; `field` names the form field it belongs to, if any.
    """

    def __init__(
        self, message: str | Promise, *, next_step: str | Promise = "", field: str | None = None
    ) -> None:
        super().__init__(str(message))
        self.message = message
        self.next_step = next_step
        self.field = field
