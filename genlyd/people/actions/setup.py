"""The first run: an empty installation, a one-time code, and the first organisation with its administrator."""

from __future__ import annotations

import contextlib
import hmac
import os
import secrets
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from genlyd.base import clock
from genlyd.base.audit import note
from genlyd.base.errors import Refused
from genlyd.people.actions.consent import write_text
from genlyd.people.actions.joining import new_user, prove_address
from genlyd.people.models import Member, Organisation, Role, RoleKind
from genlyd.people.texts import first_consent_text

#: No vowels and no look-alikes: it may be typed from a screen.
_LETTERS = "23456789bcdfghjkmnpqrstvwxz"
_LOCK = 0x6765_6E6C


def _path() -> Path:
    return Path(settings.HOME) / "setup-code"


def is_set_up() -> bool:
    return Organisation.objects.exists()


def setup_code() -> str | None:
    """The code of the set-up page, made when first asked for; None when the installation is set up.

    `genlyd up` prints `<GENLYD_URL>/setup/<code>/`. Only who can read GENLYD_HOME or the log can know it.
    """
    if is_set_up():
        return None
    path = _path()
    with contextlib.suppress(FileNotFoundError):
        if code := path.read_text(encoding="utf-8").strip():
            return code
    code = "-".join("".join(secrets.choice(_LETTERS) for _n in range(6)) for _part in range(4))
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:  # another process of ours was quicker
        return path.read_text(encoding="utf-8").strip() or None
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(code + "\n")
    return code


def code_fits(given: str) -> bool:
    code = setup_code()
    return code is not None and hmac.compare_digest(code.encode(), given.strip().lower().encode())


@transaction.atomic
def set_up(
    *, code: str, organisation: str, language: str, time_zone: str, email_domains: list[str], accent: str,
    name: str, email: str, password: str,
) -> Member:  # fmt: skip
    """Create the first organisation and its first administrator; then never again."""
    with connection.cursor() as cursor:  # two browsers at once: the second waits here, and finds it done
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    if not code_fits(code):
        raise Refused(_("This installation is already set up, or the code is wrong."))
    house = Organisation.objects.create(
        name=" ".join(organisation.split()), language=language, time_zone=time_zone, email_domains=email_domains,
        accent=accent,
    )  # fmt: skip
    user = new_user(email=email.strip().lower(), language=get_language() or language, password=password)
    prove_address(user)
    member = Member.objects.create(
        organisation=house, user=user, name=" ".join(name.split()), email=user.email, joined_at=clock.now()
    )
    for kind in (RoleKind.ADMINISTRATOR, RoleKind.LEAD, RoleKind.PARTICIPANT):
        Role.objects.create(member=member, kind=kind)
    write_text(organisation=house, text=first_consent_text(house), by=member)
    note(house, member, "organisation.set_up", house)
    transaction.on_commit(lambda: _path().unlink(missing_ok=True))
    return member
