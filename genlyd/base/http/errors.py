from __future__ import annotations

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from genlyd.base.errors import Refused


class NotFetched(Refused):
    """Nothing came back that we could use. `code` names the case in logs and stored errors."""

    code: ClassVar[str] = "not_fetched"
    words: ClassVar[str | Promise] = ""
    advice: ClassVar[str | Promise] = ""

    def __init__(self, detail: str = "") -> None:
        """`detail` is for logs, never for people: it may hold what an attacker chose."""
        super().__init__(self.words, next_step=self.advice)
        self.detail = detail


class BadAddress(NotFetched):
    code = "bad_address"
    words = _("This is not a web address we can use.")
    advice = _(
        "Copy the whole address from the browser. It begins with https:// and holds no name or password."
    )


class PrivateAddress(NotFetched):
    code = "private_address"
    words = _("This address leads into a private network, so it is not fetched.")
    advice = _("Use an address that everybody can open. An administrator can allow a host on the intranet.")


class NotReachable(NotFetched):
    code = "not_reachable"
    words = _("Nobody answers at this address.")
    advice = _("Check the spelling, and open it in your browser. If it works there, try again in a while.")


class TooSlow(NotFetched):
    code = "too_slow"
    words = _("The site took too long to answer.")
    advice = _("Try again in a while.")


class TooLarge(NotFetched):
    code = "too_large"
    words = _("What is at this address is too large to fetch.")
    advice = _("Use the address of a smaller page, picture or feed.")


class TooManyRedirects(NotFetched):
    code = "too_many_redirects"
    words = _("This address keeps sending us on to another one.")
    advice = _("Open it in your browser, and copy the address you end up at.")
