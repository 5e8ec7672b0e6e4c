"""What links say to people."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from genlyd.base.errors import Refused
from genlyd.links.domain.hosts import Problem, Why
from genlyd.links.domain.slugs import LONGEST, SHORTEST, Trouble


def cannot_be_called(slug: str, trouble: Trouble) -> Refused:
    """The refusal of an own slug, in the reader's language."""
    told = {
        Trouble.SHORT: (
            _("That ending is too short."),
            _("Use at least %(least)s characters.") % {"least": SHORTEST},
        ),
        Trouble.LONG: (
            _("That ending is too long to be typed."),
            _("Use at most %(most)s characters.") % {"most": LONGEST},
        ),
        Trouble.LETTERS: (
            _("“%(slug)s” holds something a short link cannot have.") % {"slug": slug[:60]},
            _("Use letters, digits and single hyphens, as in open-house-2027."),
        ),
        Trouble.RESERVED: (
            _("“%(slug)s” is an address we need ourselves.") % {"slug": slug},
            _("Add a word to it, or choose another one."),
        ),
        Trouble.BAD: (
            _("Some people would read something unkind in “%(slug)s”.") % {"slug": slug[:60]},
            _("You surely did not mean it that way. Choose other words, or leave it empty and get a random one."),
        ),
    }  # fmt: skip
    message, next_step = told[trouble]
    return Refused(message, next_step=next_step, field="slug")


def taken(slug: str, free: Sequence[str]) -> Refused:
    """`free` are slugs that could be had instead."""
    if not free:
        next_step = _("Choose another ending for the link.")
    else:
        next_step = _("These are free: %(free)s.") % {"free": ", ".join(free)}
    return Refused(_("“%(slug)s” is taken already.") % {"slug": slug}, next_step=next_step, field="slug")


def needs_another_target() -> Refused:
    return Refused(
        _("The links lead there already."), next_step=_("Write the address of another page."), field="target"
    )


def bad_host(why: Why) -> Refused:
    told = {
        Why.FORM: (
            _("This is not a domain name."), _("Write it as in a browser, e.g. go.your-company.com."),
        ),
        Why.PORT: (_("Short links need no port."), _("Leave out the colon and the number after it.")),
        Why.IP: (_("This is an address, not a name."), _("Write a domain name, e.g. go.your-company.com.")),
        Why.OURS: (
            _("This is Genlyd's own address."), _("Choose a name that is not in use yet, e.g. go.your-company.com."),
        ),
        Why.PRIVATE: (
            _("Only your own network knows this name."), _("Links are for everybody: use a name that is registered."),
        ),
    }  # fmt: skip
    message, next_step = told[why]
    return Refused(message, next_step=next_step, field="host")


def dns_problem(problem: str) -> str:
    """What the last check of a domain found, in a sentence."""
    return {
        Problem.NO_ANSWER: _("The DNS did not answer. We ask again within the hour."),
        Problem.NO_PROOF: _("The TXT record is not there yet. New records can take an hour to be seen."),
        Problem.WRONG_PROOF: _("There is a TXT record, but with another value. Compare it with the one below."),
        Problem.NO_ADDRESS: _("The name leads nowhere yet: the first record is missing."),
        Problem.ELSEWHERE: _("The name leads to another machine. That is right only if it passes visitors on to us."),
        Problem.NONE: "",
    }[Problem(problem)]  # fmt: skip
