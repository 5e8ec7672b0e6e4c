"""What a member reads about a file they have brought."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genlyd.networks.linkedin.domain.exports import Kind, Unreadable
from genlyd.sharing.domain.matching import How

KINDS: dict[str, str | Promise] = {
    Kind.POST: gettext_lazy("One post"),
    Kind.PERIOD: gettext_lazy("My posts in a period"),
    Kind.SHARES: gettext_lazy("My own copy of my posts"),
}
HOWS: dict[str, str | Promise] = {
    How.ADDRESS: gettext_lazy("the same address"),
    How.LINK: gettext_lazy("your own link"),
    How.TEXT: gettext_lazy("the same words"),
    How.TIME: gettext_lazy("only the time: please check"),
}


def unreadable(error: Unreadable) -> tuple[str, str]:
    """(what is wrong, what to do)."""
    as_given = _("Choose the file as LinkedIn gave it.")
    said = {
        "empty": (_("The file is empty."), _("Download it from LinkedIn once more.")),
        "too_large": (_("The file is too large to be one of LinkedIn's."), as_given),
        "password": (_("The file asks for a password, or is in an old format."), as_given),
        "not_theirs": (
            _("These are not figures of your own posts."),
            _(
                "It should be a file from “Export” on your analytics page, or Shares.csv from a copy of your data."
            ),
        ),
    }
    return said.get(
        error.code,
        (_("The file cannot be read."), _("Download it from LinkedIn once more and choose it unchanged.")),
    )
